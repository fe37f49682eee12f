import HTTPTypes
import TestSupport
import Testing

@Suite struct MetricsTests {
    @Test func exportsMetricsWithoutPersonalData() async throws {
        try await withSyncedInstallation { installation, _ in
            try await installation.serving { api in
                _ = try await api.ask("How many days of annual leave do I get?", as: "ana-secret")
                _ = try await api.send(.get, "/threads/bob-secret")
                for isStreamed in [false, true] {
                    var empty = ChatQuestion(" ", by: "ana-secret")
                    empty.stream = isStreamed
                    #expect(try await api.send(empty).status == 422)
                }
                let reply = try await api.send(.get, "/metrics")
                #expect(reply.status == 200)
                #expect(reply.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
                let text = String(decoding: reply.body, as: UTF8.self)
                let lines = text.split(separator: "\n")
                let expected = [
                    #"policy_assistant_http_requests_total{method="POST",route="/chat",status="200"} 1"#,
                    #"policy_assistant_http_requests_total{method="GET",route="/threads/{user_id}",status="404"} 1"#,
                    #"policy_assistant_turns_total{outcome="answered"} 1"#,
                    #"policy_assistant_turns_total{outcome="invalid_field"} 2"#,
                    #"policy_assistant_upstream_attempts_total{operation="POST responses",outcome="ok"} 1"#,
                    #"policy_assistant_corpus_revision 1"#,
                ]
                for line in expected { #expect(lines.contains { $0 == line }, "\(line)") }
                for family in ["policy_assistant_redis_round_trips_total", "process_resident_memory_bytes"] {
                    #expect(lines.contains { $0.hasPrefix("# TYPE \(family) ") })
                }
                #expect(!text.contains("secret"))
                #expect(!text.contains("annual"))
            }
        }
    }
}
