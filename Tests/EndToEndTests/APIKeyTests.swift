import Foundation
import HTTPTypes
import Redis
import TestSupport
import Testing

@Suite struct APIKeyTests {
    private let question = #"{"user_id":"ana","message":"How long is parental leave?"}"#
    private let nobodysQuestion = #"{"message":"How long is parental leave?"}"#

    /// Serves with a document in force and API keys asked for.
    private func serving(_ body: (Installation, RedisServer, API) async throws -> Void) async throws {
        let settings = ["AUTH_MODE": "api-key", "RATE_LIMIT_PER_MINUTE": "60"]
        try await withScriptedInstallation(settings: settings) { installation, _, server in
            try await installation.servingHere { try await body(installation, server, $0) }
        }
    }

    private func addKey(_ installation: Installation, _ arguments: String...) async throws -> HTTPFields {
        let result = try await installation.run(["keys", "add"] + arguments)
        guard result.status == 0 else { throw ProgramFailure(program: "keys add", output: result.errors) }
        return [.authorization: "Bearer \(result.output.trimmingCharacters(in: .newlines))"]
    }

    @Test func invalidCredentialsAllGetTheSameResponse() async throws {
        try await serving { installation, _, api in
            let good = try await addKey(installation, "portal")
            let attempts: [HTTPFields] = [
                [:], [.authorization: "Bearer"], [.authorization: "Basic YTpi"], [.authorization: "Bearer nonsense"],
                [.authorization: "Bearer pa_\(String(repeating: "0", count: 64))"],
                [.authorization: "Bearer e30.e30.e30"], [.authorization: (good[.authorization] ?? "") + "0"],
            ]
            for headers in attempts {
                for (method, path, body) in [
                    (HTTPRequest.Method.post, "/chat", question as String?), (.get, "/files", nil),
                    (.get, "/threads/ana", nil), (.delete, "/threads/ana", nil), (.get, "/nothing", nil),
                    (.get, "/files/file-1/content", nil), (.get, "/topics", nil),
                    (.delete, "/chat/turn_\(String(repeating: "0", count: 32))", nil),
                ] {
                    let reply = try await api.send(method, path, body: body, headers: headers)
                    #expect(reply.status == 401)
                    #expect(reply.headers[.wwwAuthenticate] == "Bearer")
                    let problem: ProblemDocument = try reply.decoded()
                    #expect(problem.code == "unauthorized")
                    #expect(problem.detail == "Send a valid key or token in the header authorization: Bearer ….")
                }
            }
            #expect(try await api.send(.get, "/healthz").status == 200)
            #expect(try await api.send(.get, "/readyz").status == 200)
            #expect(try await api.send(.get, "/").status == 200)
        }
    }

    @Test func aKeyActsAsTheNamedUserOrItsOwn() async throws {
        try await serving { installation, _, api in
            let portal = try await addKey(installation, "portal")
            let own = try await addKey(installation, "ana's script", "--user", "ana")
            #expect(try await api.send(.get, "/files", headers: portal).status == 200)
            #expect(try await api.send(.post, "/chat", body: question, headers: portal).status == 200)
            for body in [question, nobodysQuestion] {
                let reply = try await api.send(.post, "/chat", body: body, headers: own)
                #expect(reply.status == 200)
                #expect(try reply.decoded(ChatAnswer.self).userId == "ana")
            }
            let nobody = try await api.send(.post, "/chat", body: nobodysQuestion, headers: portal)
            #expect(nobody.status == 422)
            #expect(try nobody.decoded(ProblemDocument.self).field == "user_id")
            let other = try await api.send(
                .post,
                "/chat",
                body: #"{"user_id":"ben","message":"How long is parental leave?"}"#,
                headers: own
            )
            #expect(other.status == 403)
            #expect(try other.decoded(ProblemDocument.self).code == "user_mismatch")
        }
    }

    @Test func threadsAreForTheirUserAndAdministrators() async throws {
        try await serving { installation, _, api in
            let portal = try await addKey(installation, "portal")
            let ana = try await addKey(installation, "ana", "--user", "ana")
            let ben = try await addKey(installation, "ben", "--user", "ben")
            let admin = try await addKey(installation, "admin", "--admin")
            #expect(try await api.send(.post, "/chat", body: question, headers: ana).status == 200)
            for (method, path) in [
                (HTTPRequest.Method.get, "/threads/ana"), (.delete, "/threads/ana"), (.get, "/threads/x"),
                (.get, "/threads/ana/messages"),
            ] {
                for headers in [portal, ben] {
                    let reply = try await api.send(method, path, headers: headers)
                    #expect(reply.status == 403)
                    #expect(try reply.decoded(ProblemDocument.self).code == "forbidden")
                }
            }
            #expect(try await api.send(.get, "/threads/ana", headers: ana).status == 200)
            #expect(try await api.send(.get, "/threads/ana", headers: admin).status == 200)
            #expect(try await api.send(.get, "/threads/ana/messages", headers: ana).status == 200)
            #expect(try await api.send(.delete, "/threads/ana", headers: admin).status == 204)
            #expect(try await api.send(.get, "/threads/ana", headers: ana).status == 404)
        }
    }

    @Test func turnsAreForCallersWhoCanActAsTheirUser() async throws {
        try await serving { installation, _, api in
            let portal = try await addKey(installation, "portal")
            let ana = try await addKey(installation, "ana", "--user", "ana")
            let ben = try await addKey(installation, "ben", "--user", "ben")
            let streamed = #"{"user_id":"ana","message":"How long is parental leave?","stream":true}"#
            let reply = try await api.send(.post, "/chat", body: streamed, headers: ana)
            #expect(reply.status == 200)
            let turn = try #require(HTTPField.Name("x-turn-id").flatMap { reply.headers[$0] })
            #expect(HTTPField.Name("RateLimit").flatMap { reply.headers[$0] } != nil)
            let path = "/chat/\(turn)/events"
            for headers in [ana, portal] {
                let again = try await api.send(.get, path, headers: headers)
                #expect(again.status == 200 && again.body == reply.body)
                #expect(try await api.send(.delete, "/chat/\(turn)", headers: headers).status == 204)
            }
            for (method, path) in [(HTTPRequest.Method.get, path), (.delete, "/chat/\(turn)")] {
                let refused = try await api.send(method, path, headers: ben)
                #expect(refused.status == 403)
                #expect(try refused.decoded(ProblemDocument.self).code == "forbidden")
            }
            #expect(try await api.send(.get, path).status == 401)
        }
    }

    @Test func keysAreListedWithoutTheirSecretsAndRevokedAtOnce() async throws {
        try await serving { installation, server, api in
            let old = try await addKey(installation, "old")
            let new = try await addKey(installation, "new", "--admin")
            let secrets = [old, new].compactMap { $0[.authorization]?.dropFirst("Bearer pa_".count) }
            let list = try await installation.run(["keys", "list"])
            let json = try await installation.run(["keys", "list", "--json"])
            for secret in secrets {
                #expect(!list.output.contains(secret) && !json.output.contains(secret))
                #expect(list.output.contains(secret.suffix(4)))
            }
            let keys = try JSONDecoder.snakeCase.decode([Key].self, from: Data(json.output.utf8))
            #expect(Set(keys.map(\.name)) == ["old", "new"])
            #expect(keys.first { $0.name == "new" }?.admin == true)
            try await server.withClient { redis in
                for key in keys {
                    let fields = try await redis.send(.hgetall("key:\(key.id)")).dictionary ?? [:]
                    #expect(!fields.isEmpty && !secrets.contains { secret in fields.values.contains { $0 == secret } })
                }
            }

            #expect(try await api.send(.get, "/files", headers: old).status == 200)
            let id = try #require(keys.first { $0.name == "old" }?.id)
            #expect(try await installation.run(["keys", "revoke", id]).status == 0)
            try await eventually { try await api.send(.get, "/files", headers: old).status == 401 }
            #expect(try await api.send(.get, "/files", headers: new).status == 200)
            let again = try await installation.run(["keys", "revoke", id])
            #expect(again.status == 1 && again.errors.contains("keys list"))
        }
    }

    @Test func doctorReportsThatThereAreNoKeys() async throws {
        let settings = ["AUTH_MODE": "api-key"]
        try await withInstallation(documents: Documents.all, settings: settings) { installation, _ in
            _ = try await installation.sync()
            #expect(try await installation.run(["doctor"]).output.contains("run policy-assistant keys add"))
            _ = try await addKey(installation, "portal")
            #expect(try await installation.run(["doctor"]).output.contains("callers: 1 API key\n"))
        }
    }

    private struct Key: Decodable {
        let id: String
        let name: String
        let admin: Bool
    }

    @Test func withoutRedisNoKeyIsAccepted() async throws {
        try await serving { installation, server, api in
            let key = try await addKey(installation, "portal")
            await server.stop()
            let reply = try await promptly { try await api.send(.get, "/files", headers: key) }
            #expect(reply.status == 503)
            #expect(try reply.decoded(ProblemDocument.self).code == "store_unavailable")
        }
    }
}
