import Foundation
import HTTPTypes
import Redis
import TestSupport
import Testing

/// All that the product does in Redis, by the ACL user of docs/OPERATIONS.md.
@Suite struct DocumentedUserTests {
    private let question = #"{"message":"How long is parental leave?"}"#

    @Test func theDocumentedUserMayDoAllThatTheProductDoes() async throws {
        let user = ["REDIS_USERNAME": DocumentedUser.name, "REDIS_PASSWORD": DocumentedUser.password]
        let settings = user.merging(SigningIn.settings) { $1 }.merging(["RATE_LIMIT_PER_MINUTE": "60"]) { $1 }
        try await withInstallation(documents: Documents.all, settings: settings) { installation, server in
            try await administer(server, ["SETUSER", DocumentedUser.name] + DocumentedUser.rules())
            try await run(installation, ["sync"])
            try await run(installation, ["doctor"])
            try await run(installation, ["users", "add", "ana"], input: SigningIn.password)
            let key = try await run(installation, ["keys", "add", "operator", "--admin"])
            try await installation.serving { api in
                let admin: HTTPFields = [
                    .authorization: "Bearer \(key.trimmingCharacters(in: .whitespacesAndNewlines))"
                ]
                #expect(try await api.send(.get, "/readyz").status == 200)
                #expect(try await api.login("ana", "a wrong password").status == 401)
                let (ana, _) = try await api.signIn("ana")
                let answer = try await api.send(.post, "/chat", body: question, headers: ana.bearer)
                #expect(answer.status == 200)
                #expect(answer.headers[HTTPField.Name("RateLimit") ?? .accept] != nil)
                let keyed = ana.bearer.with("idempotency-key", "key-1")
                for _ in 0..<2 {
                    #expect(try await api.send(.post, "/chat", body: question, headers: keyed).status == 200)
                }
                let stream = ana.bearer.with("accept", "text/event-stream")
                let streamed = try await api.send(.post, "/chat", body: question, headers: stream)
                #expect(streamed.status == 200)
                let turn = try #require(streamed.headers[HTTPField.Name("x-turn-id") ?? .accept])
                for (method, path) in [
                    (HTTPRequest.Method.get, "/chat/\(turn)/events"), (.get, "/threads/ana"),
                    (.get, "/threads/ana/messages"), (.get, "/files"), (.get, "/session"), (.get, "/topics"),
                ] {
                    #expect(try await api.send(method, path, headers: ana.bearer).status == 200, "\(path)")
                }
                #expect(try await api.send(.delete, "/chat/\(turn)", headers: ana.bearer).status < 300)
                #expect(try await api.send(.get, "/metrics", headers: admin).status == 200)
                // A change of the documents flushes ana's thread, and her next question makes another.
                try installation.write(Documents.leave(days: 29), to: "leave/annual-leave.md")
                try await run(installation, ["sync", "--repair"])
                try await run(installation, ["flush"])
                #expect(try await api.send(.post, "/chat", body: question, headers: ana.bearer).status == 200)
                #expect(try await api.send(.delete, "/threads/ana", headers: ana.bearer).status < 300)
                #expect(try await api.send(.post, "/logout", headers: ana.bearer).status < 300)
            }
            for command in [["status"], ["keys", "list"], ["users", "list"], ["users", "remove", "ana"]] {
                try await run(installation, command)
            }
            try await run(installation, ["ask", "How long is parental leave?"])
            // Keys of any name, for this once.
            try await server.withClient { _ = try await $0.send(.set("ana@example.com", "thread_abc")) }
            try await administer(server, ["SETUSER", DocumentedUser.name, "~*"])
            try await run(installation, ["import-legacy"])
            try await administer(server, ["SETUSER", DocumentedUser.name] + DocumentedUser.rules())
            try await run(installation, ["doctor"])
        }
    }

    private func administer(_ server: RedisServer, _ arguments: [String]) async throws {
        try await server.withClient { _ = try await $0.send(RedisCommand("ACL", arguments)) }
    }

    @discardableResult
    private func run(_ installation: Installation, _ arguments: [String], input: String = "") async throws -> String {
        let result = try await installation.run(arguments, input: input.isEmpty ? "" : input + "\n")
        #expect(result.status == 0, "\(arguments): \(result.output)\(result.errors)")
        return result.output
    }
}
