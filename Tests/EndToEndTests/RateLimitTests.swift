import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite struct RateLimitTests {
    private func question(of user: String) -> String {
        #"{"user_id":"\#(user)","message":"How long is parental leave?"}"#
    }

    private func field(_ name: String, of reply: API.Reply) -> String? {
        HTTPField.Name(name).flatMap { reply.headers[$0] }
    }

    @Test func refusalsSayWhenToRetry() async throws {
        let settings = ["RATE_LIMIT_PER_MINUTE": "2", "RATE_LIMIT_TOTAL_PER_MINUTE": "3"]
        try await withScriptedInstallation(settings: settings) { installation, _, _ in
            try await installation.servingHere { api in
                for left in [1, 0] {
                    let reply = try await api.send(.post, "/chat", body: question(of: "ana"))
                    #expect(reply.status == 200)
                    #expect(field("RateLimit-Policy", of: reply) == #""user";q=2;w=60, "total";q=3;w=60"#)
                    #expect(field("RateLimit", of: reply)?.hasPrefix(#""user";r=\#(left);t="#) == true)
                }
                let refused = try await api.send(.post, "/chat", body: question(of: "ana"))
                #expect(refused.status == 429)
                #expect(try refused.decoded(ProblemDocument.self).code == "rate_limited")
                let wait = try #require(refused.headers[.retryAfter].flatMap { Int($0) })
                #expect((1...30).contains(wait))
                #expect(field("RateLimit", of: refused)?.hasPrefix(#""user";r=0;t="#) == true)

                #expect(try await api.send(.post, "/chat", body: question(of: "ben")).status == 200)
                let total = try await api.send(.post, "/chat", body: question(of: "cem"))
                #expect(total.status == 429)
                #expect(try total.decoded(ProblemDocument.self).code == "rate_limited")
                #expect(try await api.send(.get, "/files").status == 200, "only questions are counted")
            }
        }
    }

    @Test func failuresAlsoHaveTheFields() async throws {
        let settings = ["RATE_LIMIT_PER_MINUTE": "3"]
        try await withScriptedInstallation(settings: settings) { call in
            call.operation == .createResponse ? .reply(.error(400)) : .usual
        } _: { installation, _, _ in
            try await installation.servingHere { api in
                var streamed = ChatQuestion("How long?", by: "ana")
                streamed.stream = true
                let questions = [ChatQuestion("How long?", by: "ana"), streamed, ChatQuestion(" ", by: "ana")]
                for (question, (status, left)) in zip(questions, [(502, 2), (502, 1), (422, 0)]) {
                    let reply = try await api.send(question)
                    #expect(reply.status == status)
                    #expect(field("RateLimit", of: reply)?.hasPrefix(#""user";r=\#(left);t="#) == true)
                    #expect(field("RateLimit-Policy", of: reply) == #""user";q=3;w=60"#)
                }
                let malformed = try await api.send(.post, "/chat", body: "{")
                #expect(field("RateLimit", of: malformed) == nil, "it was not counted")
            }
        }
    }

    @Test func withoutLimitsThereAreNoFields() async throws {
        let settings = ["RATE_LIMIT_PER_MINUTE": "0"]
        try await withScriptedInstallation(settings: settings) { installation, _, _ in
            try await installation.servingHere { api in
                let reply = try await api.send(.post, "/chat", body: question(of: "ana"))
                #expect(reply.status == 200)
                #expect(field("RateLimit", of: reply) == nil && field("RateLimit-Policy", of: reply) == nil)
            }
        }
    }
}
