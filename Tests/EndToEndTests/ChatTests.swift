import Foundation
import HTTPTypes
import Redis
import TestSupport
import Testing

@Suite struct ChatTests {
    @Test(arguments: UpstreamAPI.allCases)
    func answersFromTheDocumentsWithTheirSource(api: UpstreamAPI) async throws {
        try await withConformingInstallation(over: api, areInForce: true) { installation, _ in
            try await installation.serving { api in
                let answer = try await api.ask("How many days of annual leave do I get?", as: "ana")
                #expect(answer.answer.contains("27 days"))
                #expect(answer.citations.first?.filename == "leave/annual-leave.md")
                #expect(answer.citations.first?.quote.contains("27 days of paid annual leave") == true)
                #expect(answer.userId == "ana")
                #expect(answer.revision == 1)
                let files: FileList = try await api.send(.get, "/files").decoded()
                #expect(files.files.map(\.filename) == ["leave/annual-leave.md", "notice.md", "travel.txt"])
                #expect(answer.citations.first?.fileId == files.files.first?.fileId)
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func saysWhenTheDocumentsDoNotHoldTheAnswer(api: UpstreamAPI) async throws {
        try await withConformingInstallation(over: api, areInForce: true) { installation, _ in
            try await installation.serving { api in
                let answer = try await api.ask("What is the wifi password of the Oslo office?", as: "ana")
                let sentence =
                    "I'm sorry, I couldn't find the information for your question. Can you please elaborate further?"
                #expect(answer.answer == sentence)
                #expect(answer.citations.isEmpty)
                let german = try await api.ask("Wie lautet das Passwort für das Netz im Büro Oslo?", as: "ben")
                #expect(german.answer.hasPrefix("Leider konnte ich zu Ihrer Frage keine Angaben finden."))
                #expect(german.citations.isEmpty && german.confidence == "none")
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aConversationOutlivesTheServerAndIsItsUsersAlone(api: UpstreamAPI) async throws {
        try await withConformingInstallation(over: api, areInForce: true) { installation, _ in
            let first = try await installation.serving { api in
                try await api.ask("What is the meal allowance abroad?", as: "ana")
            }
            #expect(first.answer.contains("64 euros"))
            try await installation.serving { api in
                let second = try await api.ask("And how much is that exactly?", as: "ana")
                #expect(second.threadId == first.threadId)
                #expect(second.responseId != first.responseId)
                #expect(second.answer.contains("64 euros"))
                let stranger = try await api.ask("And how much is that exactly?", as: "ben")
                #expect(stranger.threadId != first.threadId)
                #expect(!stranger.answer.contains("64 euros"))
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func parallelFirstQuestionsShareOneThread(api: UpstreamAPI) async throws {
        try await withConformingInstallation(over: api, areInForce: true) { installation, _ in
            try await installation.serving { api in
                let threads = try await withThrowingTaskGroup(of: String.self) { group in
                    for _ in 0..<10 {
                        group.addTask { try await api.ask("How long is parental leave?", as: "ana").threadId }
                    }
                    return try await group.reduce(into: Set<String>()) { $0.insert($1) }
                }
                #expect(threads.count == 1)
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aUserCanBeShownAndForgotten(api: UpstreamAPI) async throws {
        try await withConformingInstallation(over: api, areInForce: true) { installation, server in
            try await installation.serving { api in
                let user = "ana müller/7"
                let path = "/threads/ana%20m%C3%BCller%2F7"
                #expect(try await api.send(.get, path).status == 404)
                let answer = try await api.ask("How long is parental leave?", as: user)
                let shown = try await api.send(.get, path).decoded(ThreadBody.self)
                #expect(shown.threadId == answer.threadId)
                #expect(shown.userId == user)
                #expect(try await api.send(.delete, path).status == 204)
                #expect(try await api.send(.get, path).status == 404)
                try await server.withClient { redis in
                    let left = try await keys("*", redis)
                    #expect(left == ["revision"], "which is of no user")
                }
                #expect(try await api.ask("How long is parental leave?", as: user).threadId != answer.threadId)
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func whatWasSaidCanBeReadAgainWithItsSources(api: UpstreamAPI) async throws {
        try await withConformingInstallation(over: api, areInForce: true) { installation, _ in
            try await installation.serving { api in
                let questions = ["How long is parental leave?", "What is the meal allowance abroad?"]
                var answers: [ChatAnswer] = []
                for question in questions { answers.append(try await api.ask(question, as: "ana")) }
                let said: MessageList = try await api.send(.get, "/threads/ana/messages").decoded()
                #expect(said.messages.map(\.role) == ["user", "assistant", "user", "assistant"])
                #expect(
                    said.messages.map(\.text) == [questions[0], answers[0].answer, questions[1], answers[1].answer]
                )
                let cited = said.messages.map { $0.citations.map(\.quote) }
                #expect(cited == [[], answers[0].citations.map(\.quote), [], answers[1].citations.map(\.quote)])
                #expect(try await api.send(.get, "/threads/nobody/messages").status == 404)
            }
        }
    }

    @Test func badRequestsAreToldWhatIsWrong() async throws {
        try await withScriptedInstallation { installation, _, _ in
            try await installation.servingHere { api in
                let cases: [(HTTPRequest.Method, String, String?, HTTPFields, Int, String, String?)] = [
                    (.post, "/chat", "{", [:], 400, "malformed_json", nil),
                    (.post, "/chat", "[]", [:], 422, "invalid_field", nil),
                    (.post, "/chat", #"{"message":"x"}"#, [:], 422, "invalid_field", "user_id"),
                    (.post, "/chat", #"{"user_id":7,"message":"x"}"#, [:], 422, "invalid_field", "user_id"),
                    (.post, "/chat", #"{"user_id":"a","message":null}"#, [:], 422, "invalid_field", "message"),
                    (.post, "/chat", #"{"user_id":"","message":"x"}"#, [:], 422, "invalid_field", "user_id"),
                    (.post, "/chat", #"{"user_id":"a","message":" "}"#, [:], 422, "invalid_field", "message"),
                    (
                        .post, "/chat", #"{"user_id":"a","message":"x","on_disconnect":"x"}"#, [:], 422,
                        "invalid_field",
                        "on_disconnect"
                    ),
                    (
                        .get, "/chat/turn_\(String(repeating: "0", count: 32))/events", nil, [:], 404, "turn_not_found",
                        nil
                    ),
                    (
                        .delete, "/chat/turn_\(String(repeating: "0", count: 32))", nil, [:], 404, "turn_not_found",
                        nil
                    ),
                    (.get, "/files/file-none/content", nil, [:], 404, "file_not_found", nil),
                    (.get, "/page/1/none.js", nil, [:], 404, "not_found", nil),
                    (.get, "/chat/nothing/events", nil, [:], 404, "not_found", nil),
                    (
                        .post, "/chat", #"{"user_id":"a","message":"\#(String(repeating: "x", count: 4001))"}"#, [:],
                        422,
                        "invalid_field", "message"
                    ),
                    (.post, "/chat", String(repeating: " ", count: 200_000), [:], 413, "body_too_large", nil),
                    (.post, "/chat", "x=1", [.contentType: "text/plain"], 415, "unsupported_media_type", nil),
                    (.get, "/chat", nil, [:], 405, "method_not_allowed", nil),
                    (.put, "/files", "{}", [:], 405, "method_not_allowed", nil),
                    (.get, "/nothing", nil, [:], 404, "not_found", nil),
                    (.get, "/threads/nobody", nil, [:], 404, "thread_not_found", nil),
                ]
                for (method, path, body, headers, status, code, field) in cases {
                    let reply = try await api.send(method, path, body: body, headers: headers)
                    #expect(reply.status == status, "\(method) \(path)")
                    #expect(reply.headers[.contentType] == "application/problem+json")
                    let problem: ProblemDocument = try reply.decoded()
                    #expect(problem.code == code)
                    #expect(problem.status == status)
                    #expect(problem.field == field)
                    #expect(HTTPField.Name("x-request-id").map { reply.headers[$0] } == problem.requestId)
                }
            }
        }
    }

    @Test func answersCarryTheCallersRequestID() async throws {
        try await withInstallation(documents: Documents.all) { installation, _ in
            try await installation.servingHere { api in
                let name = try #require(HTTPField.Name("x-request-id"))
                #expect(try await api.send(.get, "/healthz", headers: [name: "caller-1"]).headers[name] == "caller-1")
                let made = try await api.send(.get, "/healthz", headers: [name: "no plain word"]).headers[name]
                #expect(made?.isEmpty == false && made != "no plain word")
            }
        }
    }

    @Test func readinessTellsHowTheEngineFindsPassages() async throws {
        try await withInstallation(documents: Documents.all) { installation, _ in
            _ = try await installation.sync()
            try await installation.servingHere { api in
                let ready = try await api.send(.get, "/readyz").decoded([String: String].self)
                #expect(ready == ["status": "ready", "engine_search": "words"])
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func isReadyOnceDocumentsAreSynced(api: UpstreamAPI) async throws {
        try await withConformingInstallation(over: api, documents: Documents.all) { installation, _ in
            try await installation.serving { api in
                #expect(try await api.send(.get, "/healthz").status == 200)
                let reply = try await api.send(.get, "/readyz")
                #expect(reply.status == 503)
                #expect(try reply.decoded(ProblemDocument.self).code == "not_synced")
                #expect(reply.headers[.retryAfter] != nil)
                _ = try await installation.sync()
                #expect(try await api.send(.get, "/readyz").status == 200)
            }
        }
    }
}
