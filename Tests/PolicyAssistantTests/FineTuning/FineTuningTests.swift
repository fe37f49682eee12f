import Foundation
import HTTPClient
import OpenAI
import Redis
import Synchronization
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct FineTuningTests {
    /// What a test has: the jobs, the server that trains, and a file of examples.
    private struct Fixture: Sendable {
        let fineTuning: FineTuning
        let server: TrainingServer
        let redis: RedisClient
        let clock: SelfAdvancingClock
        let order: FineTuning.Order
    }

    private func withFineTuning(
        _ faults: Set<TrainingServer.Fault> = [],
        shutdownDate: String? = nil,
        _ body: (Fixture) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/examples.jsonl"
            try "{\"prompt\": \"private words\", \"completion\": \"x\"}\n".write(
                toFile: path,
                atomically: true,
                encoding: .utf8
            )
            try await withRedisServer { database in
                try await database.withClient { redis in
                    try await withTrainingServer(faults, shutdownDate: shutdownDate) { server in
                        let settings = try await readSettings(
                            ["OPENAI_API_KEY": "sk-x", "OPENAI_BASE_URL": server.baseURL],
                            for: .upstream
                        )
                        let http = try HTTPClient()
                        let openAI = try OpenAIClient(
                            configuration: OpenAIConfiguration(baseURL: server.baseURL, apiKey: "sk-x"),
                            http: http
                        )
                        let clock = SelfAdvancingClock()
                        let fineTuning = FineTuning(settings: settings, redis: redis, openAI: openAI, clock: clock)
                        let order = FineTuning.Order(path: path, model: "gpt-4.1-mini-2025-04-14", suffix: "ben")
                        try await body(
                            Fixture(fineTuning: fineTuning, server: server, redis: redis, clock: clock, order: order)
                        )
                        await http.shutdown()
                    }
                }
            }
        }
    }

    @Test func trainsAModel() async throws {
        try await withFineTuning { fixture in
            let (fineTuning, server) = (fixture.fineTuning, fixture.server)
            let started = try await fineTuning.start(fixture.order)
            #expect(started.status == "queued" && started.fineTunedModel == nil)
            // It is on record before it is waited for.
            #expect(try await fineTuning.list().map(\.job) == [started.job])
            let upload = try #require(server.calls.first { $0.operation == "POST files" }).body
            #expect(upload.contains("fine-tune") && upload.contains("private words"))
            var events: [String] = []
            let ended = try await fineTuning.wait(for: started.job) { events.append($0.message) }
            #expect(ended.status == "succeeded")
            #expect(ended.fineTunedModel == "ft:gpt-4.1-mini-2025-04-14:org:ben:x1")
            #expect(events == ["Created job", "Step 5/10"])
            // The examples are not left at the upstream.
            #expect(server.files.isEmpty && ended.file == nil)
            #expect(try await fineTuning.list() == [ended])
        }
    }

    @Test func theSameOrderIsOneJob() async throws {
        try await withFineTuning { fixture in
            let first = try await fixture.fineTuning.start(fixture.order)
            let second = try await fixture.fineTuning.start(fixture.order)
            #expect(second.job == first.job)
            _ = try await fixture.fineTuning.wait(for: first.job) { _ in }
            #expect(try await fixture.fineTuning.start(fixture.order).job == first.job)
            #expect(fixture.server.count("POST fine_tuning/jobs") == 1 && fixture.server.count("POST files") == 1)
            var other = fixture.order
            other.suffix = "ana"
            #expect(try await fixture.fineTuning.start(other).job != first.job)
        }
    }

    @Test func aJobThatIsNotOnRecordIsFoundUpstream() async throws {
        try await withFineTuning { fixture in
            let first = try await fixture.fineTuning.start(fixture.order)
            // As if the process had died before it wrote the record.
            _ = try await fixture.redis.send(.del("finetune:\(first.job)"))
            let again = try await fixture.fineTuning.start(fixture.order)
            #expect(again.job == first.job)
            #expect(fixture.server.count("POST fine_tuning/jobs") == 1 && fixture.server.count("POST files") == 1)
        }
    }

    @Test func aLostAnswerMakesNoSecondJob() async throws {
        try await withFineTuning([.losesCreation]) { fixture in
            await #expect(throws: PolicyAssistantError.self) { try await fixture.fineTuning.start(fixture.order) }
            #expect(try await fixture.fineTuning.list().isEmpty)
            let found = try await fixture.fineTuning.start(fixture.order)
            #expect(fixture.server.statuses == ["queued"])
            #expect(try await fixture.fineTuning.list() == [found])
        }
    }

    @Test func startsAtTheSameTimeLeaveOneJob() async throws {
        try await withFineTuning { fixture in
            fixture.server.hold(true)
            let jobs = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<4 { group.addTask { try await fixture.fineTuning.start(fixture.order).job } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(jobs.count == 1)
            #expect(fixture.server.statuses.count { $0 != "cancelled" } == 1)
        }
    }

    @Test func aFailedJobIsStartedAnew() async throws {
        try await withFineTuning([.failsJobs]) { fixture in
            let first = try await fixture.fineTuning.start(fixture.order)
            let ended = try await fixture.fineTuning.wait(for: first.job) { _ in }
            #expect(ended.status == "failed" && fixture.server.files.isEmpty)
            #expect(try await fixture.fineTuning.start(fixture.order).job != first.job)
            #expect(fixture.server.count("POST files") == 2)
        }
    }

    @Test func waitsLongerAndLonger() async throws {
        try await withFineTuning { fixture in
            let job = try await fixture.fineTuning.start(fixture.order).job
            _ = try await fixture.fineTuning.wait(for: job) { _ in }
            #expect(fixture.clock.waits == [.milliseconds(500), .seconds(1)])
        }
    }

    @Test func aModelThatWasShutDownIsNotTrained() async throws {
        try await withFineTuning(shutdownDate: "2026-01-01") { fixture in
            let error = await #expect(throws: PolicyAssistantError.self) {
                try await fixture.fineTuning.start(fixture.order)
            }
            #expect(error?.code == .fineTuningUnavailable && error?.message.contains("2026-01-01") == true)
            #expect(fixture.server.count("POST files") == 0)
        }
    }

    @Test func aLaterShutdownIsAWarning() async throws {
        try await withFineTuning(shutdownDate: "2999-12-31") { fixture in
            let reports = Mutex<[String]>([])
            _ = try await fixture.fineTuning.start(fixture.order) { text in reports.withLock { $0.append(text) } }
            #expect(reports.withLock(\.self).first?.contains("2999-12-31") == true)
        }
    }

    @Test func aRefusedJobIsNotOnRecord() async throws {
        try await withFineTuning([.forbidsJobs]) { fixture in
            let error = await #expect(throws: PolicyAssistantError.self) {
                try await fixture.fineTuning.start(fixture.order)
            }
            #expect(error?.code == .fineTuningUnavailable)
            let records = try await fixture.fineTuning.list()
            #expect(records.isEmpty)
        }
    }

    @Test func aJobThatUpstreamLostIsNamedSo() async throws {
        try await withFineTuning { fixture in
            let fields = ["model": "m", "examples": "h", "base_url": fixture.server.baseURL, "status": "running"]
            _ = try await fixture.redis.send(.hset("finetune:ftjob-x", fields))
            let error = await #expect(throws: PolicyAssistantError.self) {
                try await fixture.fineTuning.status(of: "ftjob-x")
            }
            #expect(error?.code == .jobNotFound && error?.message.contains("ftjob-x") == true)
        }
    }

    @Test func anOrderWhoseJobUpstreamLostIsStartedAnew() async throws {
        try await withFineTuning { fixture in
            let first = try await fixture.fineTuning.start(fixture.order)
            fixture.server.loseJobs()
            let second = try await fixture.fineTuning.start(fixture.order)
            #expect(second.job != first.job && fixture.server.statuses == ["queued"])
        }
    }

    @Test func theEngineTrainsNothing() async throws {
        try await withFineTuning { fixture in
            let settings = try await readSettings(for: .upstream)
            let fineTuning = FineTuning(settings: settings, redis: fixture.redis, openAI: fixture.fineTuning.openAI)
            let error = await #expect(throws: PolicyAssistantError.self) { try await fineTuning.start(fixture.order) }
            #expect(error?.message.contains("embedded engine") == true)
        }
    }

    @Test func aRoleUsesTheModelOfOneJob() async throws {
        try await withFineTuning { fixture in
            let fineTuning = fixture.fineTuning
            let first = try await fineTuning.start(fixture.order).job
            let early = await #expect(throws: PolicyAssistantError.self) { try await fineTuning.use(first, for: "ben") }
            #expect(early?.code == .jobUnfinished)
            let (roles, ben) = (Roles(redis: fixture.redis, standard: nil), try RoleName("ben"))
            await #expect(throws: PolicyAssistantError.self) { try await roles.shared(ben) }
            _ = try await fineTuning.wait(for: first) { _ in }
            let model = try await fineTuning.use(first, for: "ben").fineTunedModel
            #expect(model != nil)
            #expect(try await roles.shared(ben).model == model)
            var other = fixture.order
            other.suffix = "b2"
            let second = try await fineTuning.start(other).job
            _ = try await fineTuning.wait(for: second) { _ in }
            #expect(try await fineTuning.use(second, for: "ben").fineTunedModel?.contains("b2") == true)
            #expect(try await roles.shared(ben).model?.contains("b2") == true)
            #expect(try await fineTuning.list().map(\.role) == [nil, "ben"])
        }
    }

    @Test func aForgottenModelIsNowhere() async throws {
        try await withFineTuning { fixture in
            let (fineTuning, server) = (fixture.fineTuning, fixture.server)
            let job = try await fineTuning.start(fixture.order).job
            server.hold(true)
            let early = await #expect(throws: PolicyAssistantError.self) { try await fineTuning.forget(job) }
            #expect(early?.code == .jobUnfinished)
            server.hold(false)
            let model = try await fineTuning.wait(for: job) { _ in }.fineTunedModel ?? ""
            _ = try await fineTuning.use(job, for: "ben")
            #expect(try await fineTuning.forget(job).status == "forgotten")
            #expect(server.count("DELETE models/\(model)") == 1)
            let role = try await Roles(redis: fixture.redis, standard: nil).shared(RoleName("ben"))
            #expect(role.model == nil)
            let record = try await fixture.redis.send(.hgetall("finetune:\(job)")).dictionary ?? [:]
            #expect(!record.values.contains(model) && record["role"] == nil)
            // Looking at it does not bring it back, and the same order trains anew.
            #expect(try await fineTuning.status(of: job).fineTunedModel == nil)
            let unused = await #expect(throws: PolicyAssistantError.self) { try await fineTuning.use(job, for: "ben") }
            #expect(unused?.code == .jobUnfinished)
            #expect(try await fineTuning.start(fixture.order).job != job)
        }
    }

    @Test func aModelOfAJobThatUpstreamLostIsForgotten() async throws {
        try await withFineTuning { fixture in
            let job = try await fixture.fineTuning.start(fixture.order).job
            let model = try await fixture.fineTuning.wait(for: job) { _ in }.fineTunedModel ?? ""
            fixture.server.loseJobs()
            _ = try await fixture.fineTuning.forget(job)
            #expect(fixture.server.count("DELETE models/\(model)") == 1)
        }
    }

    @Test func aJobOfAnotherUpstreamIsNotAskedFor() async throws {
        try await withFineTuning { fixture in
            let fields = ["model": "m", "examples": "h", "base_url": "http://127.0.0.1:1/v1", "status": "running"]
            _ = try await fixture.redis.send(.hset("finetune:ftjob-x", fields))
            let error = await #expect(throws: PolicyAssistantError.self) {
                try await fixture.fineTuning.status(of: "ftjob-x")
            }
            #expect(error?.code == .jobNotFound && error?.message.contains("another upstream") == true)
            await #expect(throws: PolicyAssistantError.self) { try await fixture.fineTuning.status(of: "unknown") }
            #expect(fixture.server.calls.isEmpty)
        }
    }
}
