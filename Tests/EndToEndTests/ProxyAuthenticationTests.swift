import Foundation
import HTTPTypes
import TestSupport
import Testing

/// Users whom a proxy has signed in.
@Suite struct ProxyAuthenticationTests {
    private static let secret = "a secret that has more than 32 bytes in it"
    private static let settings = [
        "AUTH_MODE": "proxy", "AUTH_PROXY_SECRET": secret, "AUTH_PROXY_ADMIN_GROUP": "hr",
        "TRUSTED_PROXIES": "127.0.0.1",
        "PUBLIC_URL": "https://intranet.example/assistant", "CORS_ALLOWED_ORIGINS": "https://portal.example",
    ]

    private func fields(_ user: String, _ more: [String: String] = [:]) -> HTTPFields {
        ["x-forwarded-user": user, "x-proxy-secret": Self.secret].merging(more) { $1 }
            .reduce(into: HTTPFields()) { $0 = $0.with($1.key, $1.value) }
    }

    private func serving(
        _ settings: [String: String] = [:],
        _ body: (Installation, API) async throws -> Void
    ) async throws {
        try await withScriptedInstallation(settings: Self.settings.merging(settings) { $1 }) { installation, _, _ in
            try await installation.servingHere { try await body(installation, $0) }
        }
    }

    @Test func userIsWhomTheProxyNames() async throws {
        try await serving { installation, api in
            let question = #"{"message":"How long is parental leave?"}"#
            let answer = try await api.send(.post, "/chat", body: question, headers: fields("ana@example.com"))
            #expect(try answer.decoded(ChatAnswer.self).userId == "ana@example.com")
            #expect(try await api.send(.get, "/threads/ana%40example.com", headers: fields("ben")).status == 403)
            let hr = fields("ben", ["x-forwarded-groups": "staff, hr"])
            #expect(try await api.send(.get, "/threads/ana%40example.com", headers: hr).status == 200)
            #expect(try await api.send(.get, "/files", headers: fields("")).status == 401)
            let key = try await installation.run(["keys", "add", "portal"]).output.trimmingCharacters(in: .newlines)
            #expect(try await api.send(.get, "/files", headers: [.authorization: "Bearer \(key)"]).status == 200)
            #expect(try await api.send(.get, "/files").status == 401)
        }
    }

    @Test func nobodyElseIsBelieved() async throws {
        try await serving { _, api in
            #expect(try await api.send(.get, "/files", headers: fields("ana", ["x-proxy-secret": "x"])).status == 401)
            #expect(
                try await api.send(.get, "/files", headers: fields("ana").with("x-proxy-secret", nil)).status == 401
            )
            var twice = fields("ana")
            twice.append(HTTPField(name: try #require(HTTPField.Name("x-forwarded-user")), value: "ben"))
            #expect(try await api.send(.get, "/files", headers: twice).status == 401)
        }
        try await serving(["TRUSTED_PROXIES": "192.0.2.0/24"]) { _, api in
            let reply = try await api.send(.get, "/files", headers: fields("ana"))
            #expect(reply.status == 401)
        }
    }

    @Test func pagesOfOtherSitesChangeNothing() async throws {
        try await serving { _, api in
            let question = #"{"message":"How long is parental leave?"}"#
            for (status, more) in [
                (200, ["origin": "https://intranet.example"]), (200, ["origin": "http://\(api.authority)"]),
                (200, ["origin": "https://portal.example"]), (200, ["sec-fetch-site": "same-origin"]),
                (403, ["origin": "https://evil.example"]), (403, ["origin": "null"]),
                (403, ["sec-fetch-site": "cross-site"]), (403, ["sec-fetch-site": "same-site"]),
            ] {
                let reply = try await api.send(.post, "/chat", body: question, headers: fields("ana", more))
                #expect(reply.status == status, "\(more)")
            }
            let reading = fields("ana", ["sec-fetch-site": "cross-site"])
            #expect(try await api.send(.get, "/files", headers: reading).status == 200)
        }
    }

    @Test func pageLearnsWhereToSignOut() async throws {
        try await serving(["AUTH_PROXY_SIGN_OUT_URL": "/oauth2/sign_out"]) { _, api in
            let session = try await api.send(.get, "/session", headers: fields("ana"))
            let text = String(decoding: session.body, as: UTF8.self)
            #expect(text.contains(#""sign_in":"proxy""#) && text.contains(#""user_id":"ana""#))
            #expect(text.contains("sign_out"))
        }
    }
}
