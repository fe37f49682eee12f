import HTTPTypes
import OpenAI
import PolicyAssistant
import Redis
import TestSupport
import Testing
import WorkQueue

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

    @Test func showsWhatRedisHasOfAQueue() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let queue = WorkQueue(
                    WorkQueueConfiguration(name: "sms", stages: [WorkStage("in", timeLimit: .seconds(60))]),
                    redis: redis
                )
                for _ in 0..<3 { _ = try await queue.enqueue("question", line: "u_1", by: "test") }
                let measured = QueueMetrics(queue: "sms", factory: metrics)
                try await measured.update(queue.status())
                let messages = "policy_assistant_queue_messages"
                for line in [
                    "\(messages){condition=\"ready\",queue=\"sms\",stage=\"in\"} 1",
                    "\(messages){condition=\"waiting\",queue=\"sms\",stage=\"all\"} 2",
                    "policy_assistant_queue_workers{queue=\"sms\",stage=\"in\"} 0",
                    "policy_assistant_queue_retries_total{queue=\"sms\",stage=\"in\"} 0",
                ] {
                    #expect(lines.contains { $0 == line }, "\(line)")
                }
                // Redis counts; each replica shows the whole number, however often it asks.
                _ = try await redis.send(RedisCommand("HSET", ["queue:sms:counts", "in:retries", "4"]))
                for _ in 0..<2 { try await measured.update(queue.status()) }
                let retries = "policy_assistant_queue_retries_total{queue=\"sms\",stage=\"in\"} 4"
                #expect(lines.contains { $0 == retries })
            }
        }
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
