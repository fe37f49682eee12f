import HTTPTypes
import OpenAI
import PolicyAssistant
import Testing

@testable import PolicyServer

@Suite struct MeasuringTests {
    private let metrics = PrometheusMetrics(help: MetricHelp.all)
    private var lines: [Substring] { metrics.text().description.split(separator: "\n") }

    @Test func countsTurnsByTheirOutcome() {
        let turns = TurnMetrics(factory: metrics)
        let turn = turns.begin()
        turn.recordFirstToken()
        turn.recordFirstToken()
        #expect(lines.contains("policy_assistant_turns_running 1"))
        turn.end(.answered)
        for error in [PolicyAssistantError(.userBusy, "Busy."), CancellationError(), Unknown()] as [any Error] {
            turns.begin().end(TurnOutcome(of: error))
        }
        for outcome in ["answered", "user_busy", "cancelled", "internal_error"] {
            #expect(lines.contains("policy_assistant_turns_total{outcome=\"\(outcome)\"} 1"))
        }
        #expect(lines.contains("policy_assistant_turn_duration_seconds_count 4"))
        #expect(lines.contains("policy_assistant_turn_first_token_seconds_count 1"))
        #expect(lines.contains("policy_assistant_turns_running 0"))
    }

    @Test func showsHowManyTurnsWaitInEachQueue() {
        let state = StateMetrics(factory: metrics)
        state.update(waiting: (forUsers: 7, forUpstream: 7))
        state.update(waiting: (forUsers: 1, forUpstream: 0))
        #expect(lines.contains("policy_assistant_turns_waiting{queue=\"user\"} 1"))
        #expect(lines.contains("policy_assistant_turns_waiting{queue=\"upstream\"} 0"))
    }

    @Test func countsUnknownMethodsAsOther() throws {
        let requests = RequestMetrics(factory: metrics)
        let ownMethod = try #require(HTTPRequest.Method("BREW"))
        requests.answered("/chat", .post, .ok, after: .milliseconds(3))
        requests.answered(nil, ownMethod, .notFound, after: .milliseconds(1))
        let name = "policy_assistant_http_requests_total"
        #expect(lines.contains("\(name){method=\"POST\",route=\"/chat\",status=\"200\"} 1"))
        #expect(lines.contains("\(name){method=\"other\",route=\"none\",status=\"404\"} 1"))
    }

    @Test func everyMetricHasAHelpText() async throws {
        TurnMetrics(factory: metrics).begin().end(.answered)
        StateMetrics(factory: metrics).update(revision: 3)
        UpstreamMetrics(factory: metrics)
            .record(OpenAIAttempt(operation: "POST responses", failure: .rateLimited, duration: .zero))
        RequestMetrics(factory: metrics).answered("/chat", .post, .ok, after: .zero)
        let families = lines.filter { $0.hasPrefix("# TYPE ") }.map { $0.split(separator: " ")[2] }
        #expect(families.count == 11)
        for family in families {
            #expect(lines.contains { $0.hasPrefix("# HELP \(family) ") })
        }
        let attempts = #"policy_assistant_upstream_attempts_total{operation="POST responses",outcome="rateLimited"} 1"#
        #expect(lines.contains { $0 == attempts })
    }

    private struct Unknown: Error {}
}
