import Foundation
import HTTPTypes
import Redis
import Synchronization
import TestSupport
import Testing

/// Two Redis servers behind one name, of which the second becomes the primary while many users ask.
@Suite struct FailoverTests {
    enum Failover: CaseIterable {
        /// The first becomes a replica of the second and goes on answering reads; connections to it stay.
        case demotion
        /// The first dies, and for a while nobody is in its place.
        case crash
    }

    private static let users = 20

    /// What users saw.
    private struct Log: Sendable {
        var asked: [String] = []
        var answers: [(user: String, question: String, text: String, thread: String, time: ContinuousClock.Instant)] =
            []
        var refusals: [String: Int] = [:]
    }

    /// Keeps what users saw, and tells them when to stop.
    private final class Recorder: Sendable {
        private let log = Mutex(Log())
        private let over = Atomic(false)

        var isOver: Bool { over.load(ordering: .sequentiallyConsistent) }

        func end() { over.store(true, ordering: .sequentiallyConsistent) }
        func note(_ change: (inout Log) -> Void) { log.withLock { change(&$0) } }
        func read<Result: Sendable>(_ body: (Log) -> Result) -> Result { log.withLock { body($0) } }
    }

    @Test(arguments: Failover.allCases)
    func everyQuestionIsAnsweredOnceAndSoonAfterTheFailover(failover: Failover) async throws {
        try await withPair { first, second, relay, upstream, installation in
            try await installation.serving { api in
                let log = Recorder()
                let promoted = try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<Self.users {
                        group.addTask {
                            var count = 0
                            while !log.isOver {
                                count += 1
                                try await ask("Question \(count) of \(number)", as: "user-\(number)", api, log)
                            }
                        }
                    }
                    try await eventually { log.read { answered($0, since: nil, atLeast: 3) } }
                    try await carryOut(failover, first, second, log)
                    let promoted = ContinuousClock.now
                    relay.lead(to: try port(of: second))
                    try await eventually { log.read { answered($0, since: promoted, atLeast: 3) } }
                    log.end()
                    try await group.waitForAll()
                    return promoted
                }
                let seen = log.read(\.self)
                report(seen, since: promoted, failover)
                #expect(seen.answers.count == seen.asked.count, "none is lost")
                for answer in seen.answers { #expect(answer.text == ScriptedResponse.text(answering: answer.question)) }
                let asked = upstream.questions
                #expect(asked.count == Set(asked).count, "none is asked twice")
                #expect(Set(asked) == Set(seen.asked))
                for (user, answers) in Dictionary(grouping: seen.answers, by: \.user) {
                    #expect(Set(answers.map(\.thread)).count == 1, "\(user) keeps the thread")
                }
                #expect(try await api.send(.get, "/readyz").status == 200)
            }
        }
    }

    /// Asks until the question is answered, as a caller does who obeys `Retry-After` in its own time.
    private func ask(_ text: String, as user: String, _ api: API, _ log: Recorder) async throws {
        log.note { $0.asked.append(text) }
        var question = ChatQuestion(text, by: user)
        question.key = text.replacing(" ", with: "-")
        while true {
            let reply = try await api.send(question)
            if reply.status == 200 {
                let answer = try reply.decoded(ChatAnswer.self)
                let time = ContinuousClock.now
                return log.note { $0.answers.append((user, text, answer.answer, answer.threadId, time)) }
            }
            let problem = try reply.decoded(ProblemDocument.self)
            guard reply.status == 503 else { throw UnexpectedReply(status: reply.status, body: problem.detail) }
            log.note { $0.refusals["\(problem.code): \(problem.detail)", default: 0] += 1 }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private func answered(_ log: Log, since start: ContinuousClock.Instant?, atLeast count: Int) -> Bool {
        let answers = log.answers.filter { answer in start.map { answer.time > $0 } ?? true }
        let counts = Dictionary(answers.map { ($0.user, 1) }, uniquingKeysWith: +)
        return counts.count == Self.users && counts.values.allSatisfy { $0 >= count }
    }

    /// Prints how long each user waited for the first answer after the new primary was there.
    private func report(_ log: Log, since promoted: ContinuousClock.Instant, _ failover: Failover) {
        let answers = log.answers.filter { $0.time > promoted }
        let waits = Dictionary(answers.map { ($0.user, $0.time - promoted) }, uniquingKeysWith: min).values
        print(
            "\(failover): \(log.answers.count) questions of \(Self.users) users; first answer \(waits.min() ?? .zero) after "
                + "the new primary, the last user's \(waits.max() ?? .zero); refused meanwhile: \(log.refusals)"
        )
    }

    private func carryOut(
        _ failover: Failover,
        _ first: RedisServer,
        _ second: RedisServer,
        _ log: Recorder
    ) async throws {
        switch failover {
        case .demotion:
            // FAILOVER holds writes back until the replica has them all, and then changes the roles.
            try await first.withClient { _ = try await $0.send(RedisCommand("FAILOVER")) }
            try await second.withClient { redis in
                try await eventually { try await redis.send(RedisCommand("ROLE")).array?.first?.string == "master" }
            }
        case .crash:
            try await replicate(first)
            await first.stop()
            // The outage lasts for about thirty refusals of each user.
            let most = 30 * Self.users
            try await eventually { log.read { $0.refusals.values.reduce(0, +) } >= most }
            try await second.withClient { _ = try await $0.send(RedisCommand("REPLICAOF", ["NO", "ONE"])) }
        }
    }

    private func port(of server: RedisServer) throws -> Int {
        guard case .tcp(_, let port) = server.configuration().endpoint else {
            throw ProgramFailure(program: "redis-server", output: "not on a port")
        }
        return port
    }

    private func withPair(
        _ body: (RedisServer, RedisServer, TCPRelay, ScriptedOpenAI, Installation) async throws -> Void
    ) async throws {
        try await withRedisServer(.init(listening: .tcp)) { first in
            try await withRedisServer(.init(listening: .tcp)) { second in
                try await withScriptedOpenAI { upstream in
                    try await first.recordCorpus(upstream: upstream.baseURL)
                    try await follow(first, by: second)
                    try await withTCPRelay(to: try port(of: first)) { relay in
                        let settings = [
                            "OPENAI_BASE_URL": upstream.baseURL, "OPENAI_API_KEY": Secrets.apiKey,
                            "REDIS_ENDPOINT": "localhost", "REDIS_PORT": "\(relay.port)",
                        ]
                        try await withInstallation(settings: settings) { installation, _ in
                            try await body(first, second, relay, upstream, installation)
                        }
                    }
                }
            }
        }
    }

    private func follow(_ first: RedisServer, by second: RedisServer) async throws {
        try await first.withClient { redis in
            _ = try await redis.send(RedisCommand("CONFIG", ["SET", "repl-diskless-sync-delay", "0"]))
        }
        try await second.withClient { redis in
            let address = ["127.0.0.1", "\(try port(of: first))"]
            _ = try await redis.send(RedisCommand("REPLICAOF", address))
            try await eventually { try await redis.send(RedisCommand("ROLE")).array?[3].string == "connected" }
        }
        // A primary may hold its stream back for a second after that.
        try await replicate(first)
    }

    /// Waits until the replica of a server has all that was written before.
    private func replicate(_ server: RedisServer) async throws {
        try await server.withClient { redis in
            _ = try await redis.send(.set("replicated", "1"))
            _ = try await redis.send(RedisCommand("WAIT", ["1", "0"]))
        }
    }
}
