import Foundation
import HTTPTypes
import Synchronization
import Redis
import TestSupport
import Testing

/// What callers meet while upstream is down, slow, or has as much to do as it may.
@Suite struct OutageTests {
    /// Whether upstream is down, as a test switches it.
    private final class Outage: Sendable {
        private let isOn = Atomic(true)

        func end() { isOn.store(false, ordering: .sequentiallyConsistent) }

        var play: ScriptedOpenAI.Play {
            guard isOn.load(ordering: .sequentiallyConsistent) else { return .usual }
            return .reply(.error(503, headers: ["retry-after-ms": "1"]))
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func anUpstreamThatIsPlainlyDownIsLeftAloneUntilItIsBack(api: UpstreamAPI) async throws {
        let outage = Outage()
        try await withScriptedInstallation(over: api) { _ in
            outage.play
        } _: { installation, upstream, _ in
            try await installation.servingHere { api in
                for _ in 0..<5 {
                    let reply = try await api.send(ChatQuestion("Down?", by: "ana"))
                    #expect(reply.status == 503)
                }
                let calls = upstream.calls.count
                #expect(calls == 15, "five questions, three attempts each")
                for isStreamed in [false, true] {
                    var question = ChatQuestion("Still down?", by: "ana")
                    question.stream = isStreamed
                    let refused = try await api.send(question)
                    #expect(refused.status == 503)
                    #expect(try refused.decoded(ProblemDocument.self).code == "upstream_unavailable")
                    #expect(refused.headers[.retryAfter].flatMap { Int($0) }.map { (1...30).contains($0) } == true)
                }
                #expect(upstream.calls.count == calls, "nothing is sent while the breaker is open")
                outage.end()
                try await eventually { try await api.send(ChatQuestion("Back?", by: "ana")).status == 200 }
                #expect(upstream.calls.count == calls + 2, "a conversation and an answer")
                _ = try await api.ask("And now?", as: "ana")
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func questionsPastTheTimeOfATurnAreToldSo(api: UpstreamAPI) async throws {
        let isAbandoned = Gate()
        let settings = ["CHAT_TIMEOUT_SECONDS": "2"]
        try await withScriptedInstallation(over: api, settings: settings) { call in
            switch call.question {
            case "Slow": .reply(.silence(until: isAbandoned))
            case "Slowly": .response { $0.ending = .silent(Gate()) }
            default: .usual
            }
        } _: { installation, upstream, _ in
            try await installation.servingHere { api in
                let whole = try await api.send(ChatQuestion("Slow", by: "ana"))
                #expect(whole.status == 504)
                #expect(try whole.decoded(ProblemDocument.self).code == "upstream_timeout")
                await isAbandoned.wait()
                let events = try await api.streaming(ChatQuestion("Slowly", by: "ana")) { try await $0.events() }
                let last = try #require(events.last)
                #expect(last.name == "error")
                #expect(try JSONDecoder.snakeCase.decode(ProblemDocument.self, from: last.data).status == 504)
                #expect(upstream.questions == ["Slow", "Slowly"])
                _ = try await api.ask("And now?", as: "ana")
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func usersTakeTurnsAtAnUpstreamThatTakesOneQuestionAtATime(api: UpstreamAPI) async throws {
        let (hasBegun, mayEnd) = (Gate(), Gate())
        try await withScriptedInstallation(over: api, settings: ["MAX_CONCURRENT_TURNS": "1"]) { call in
            if call.question == "ana 1" {
                hasBegun.open()
                await mayEnd.wait()
            }
            return .usual
        } _: { installation, upstream, redis in
            try await installation.servingHere { api in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try await api.ask("ana 1", as: "ana") }
                    await hasBegun.wait()
                    group.addTask { _ = try await api.ask("ana 2", as: "ana") }
                    group.addTask { _ = try await api.ask("ben 1", as: "ben") }
                    group.addTask { _ = try await api.ask("cem 1", as: "cem") }
                    try await redis.withClient { client in
                        // A turn that has its lock waits for upstream alone.
                        try await eventually {
                            try await client.send(.init("EXISTS", ["lock:ben", "lock:cem"])).integer == 2
                        }
                    }
                    mayEnd.open()
                    try await group.waitForAll()
                }
                #expect(upstream.questions.first == "ana 1")
                #expect(upstream.questions.last == "ana 2", "whose user had been served when the others came")
                #expect(Set(upstream.questions) == ["ana 1", "ana 2", "ben 1", "cem 1"])
            }
        }
    }
}
