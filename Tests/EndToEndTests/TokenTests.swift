import Foundation
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@Suite struct TokenTests {
    private static let secret = "a secret that has more than 32 bytes in it"
    private static let keySetSettings = [
        "AUTH_MODE": "jwt", "AUTH_ISSUER": "https://idp.example", "AUTH_AUDIENCE": "policy-assistant",
    ]

    private func serving(
        _ settings: [String: String],
        _ body: (Installation, API) async throws -> Void
    ) async throws {
        try await withScriptedInstallation(settings: settings) { installation, _, _ in
            try await installation.servingHere { try await body(installation, $0) }
        }
    }

    private func files(_ api: API, _ token: String) async throws -> API.Reply {
        try await api.send(.get, "/files", headers: [.authorization: "Bearer \(token)"])
    }

    private func expectRefusal(_ api: API, _ token: String, _ what: Comment) async throws {
        let reply = try await files(api, token)
        #expect(reply.status == 401, what)
        #expect(reply.headers[.wwwAuthenticate] == "Bearer", what)
        let problem: ProblemDocument = try reply.decoded()
        #expect(problem.code == "unauthorized", what)
        #expect(problem.detail == "Send a valid key or token in the header authorization: Bearer ….", what)
    }

    @Test func tokensOfASecretAreAcceptedWhileTheyAreValid() async throws {
        let settings = ["AUTH_MODE": "jwt", "AUTH_JWT_SECRET": Self.secret]
        try await serving(settings) { _, api in
            let secret = Array(Self.secret.utf8)
            for (claims, what) in [
                (Claims(), "plain"), (Claims(expiresIn: -5), "expired within the leeway"),
                (Claims(startsIn: 5), "begins within the leeway"),
                (Claims(issuer: nil, audience: "[]"), "any audience"),
            ] as [(Claims, Comment)] {
                #expect(try await files(api, secretToken(claims, secret: secret)).status == 200, what)
            }
            let wrong: [(Claims, Comment)] = [
                (Claims(expiresIn: -60), "expired"), (Claims(expiresIn: nil), "without an end"),
                (Claims(startsIn: 120), "not yet in force"), (Claims(subject: nil), "without a subject"),
                (Claims(subject: ""), "an empty subject"), (Claims(audience: "7"), "an audience that is no text"),
            ]
            for (claims, what) in wrong {
                try await expectRefusal(api, secretToken(claims, secret: secret), what)
            }
            try await expectRefusal(api, unsignedToken(Claims()), "without a signature")
            try await expectRefusal(api, secretToken(Claims(), secret: Array("another secret".utf8)), "another secret")
            let token = try await secretToken(Claims(), secret: secret)
            let forged = try await secretToken(Claims(subject: "ben"), secret: Array("another secret".utf8))
            let parts = (token.split(separator: "."), forged.split(separator: "."))
            try await expectRefusal(api, "\(parts.0[0]).\(parts.1[1]).\(parts.0[2])", "another's claims")
            try await expectRefusal(api, "\(parts.0[0]).\(parts.0[1])", "two parts")
        }
    }

    @Test func theUserIsTheTokensSubject() async throws {
        let settings = ["AUTH_MODE": "jwt", "AUTH_JWT_SECRET": Self.secret]
        try await serving(settings) { installation, api in
            let token = try await secretToken(Claims(), secret: Array(Self.secret.utf8))
            let headers: HTTPFields = [.authorization: "Bearer \(token)"]
            for body in [
                #"{"message":"How long is parental leave?"}"#, #"{"user_id":"ana","message":"And how long?"}"#,
            ] {
                let reply = try await api.send(.post, "/chat", body: body, headers: headers)
                #expect(reply.status == 200)
                #expect(try reply.decoded(ChatAnswer.self).userId == "ana")
            }
            let other = try await api.send(.post, "/chat", body: #"{"user_id":"ben","message":"x"}"#, headers: headers)
            #expect(other.status == 403)
            #expect(try other.decoded(ProblemDocument.self).code == "user_mismatch")
            #expect(try await api.send(.get, "/threads/ana", headers: headers).status == 200)
            let foreign = try await api.send(.get, "/threads/ben", headers: headers)
            #expect(foreign.status == 403)
            #expect(try foreign.decoded(ProblemDocument.self).code == "forbidden")

            let admin = try await installation.run(["keys", "add", "admin", "--admin"]).output
            let plain = try await installation.run(["keys", "add", "portal"]).output
            let adminKey = admin.trimmingCharacters(in: .newlines)
            #expect(
                try await api.send(.get, "/threads/ana", headers: [.authorization: "Bearer \(adminKey)"]).status == 200
            )
            try await expectRefusal(
                api,
                plain.trimmingCharacters(in: .newlines),
                "a key that is not an administrator's"
            )
        }
    }

    @Test func tokensOfAKeySetAreVerifiedByKeyAndAlgorithm() async throws {
        try await withTemporaryFolder { folder in
            let rsa = try await TokenIssuer(.rsa, id: "rsa", in: folder)
            let p256 = try await TokenIssuer(.p256, id: "p256", in: folder)
            let p384 = try await TokenIssuer(.p384, id: "p384", in: folder)
            let stranger = try await TokenIssuer(.rsa, id: "stranger", in: folder)
            let keys = [
                #"{"kty":"oct","kid":"oct","k":"AAAA"}"#,
                #"{"kty":"RSA","kid":"x","alg":"RSA-OAEP-256","n":"AQ","e":"AQAB"}"#,
                #"{"kty":"OKP","crv":"Ed25519","kid":"ed","x":"AAAA"}"#, #"{"kty":"RSA","kid":"broken"}"#, "7",
                try await rsa.jwk(), try await p256.jwk(), try await p384.jwk(),
                try await stranger.jwk().replacing(#""use":"sig""#, with: #""use":"enc""#),
            ]
            let file = "\(folder)/keys.json"
            try #"{"keys":[\#(keys.joined(separator: ","))]}"#.write(toFile: file, atomically: true, encoding: .utf8)
            try await serving(Self.keySetSettings.merging(["AUTH_JWKS_FILE": file]) { $1 }) { _, api in
                let good: [(TokenIssuer, String)] = [
                    (rsa, "RS256"), (rsa, "RS384"), (rsa, "RS512"), (p256, "ES256"), (p384, "ES384"),
                ]
                for (issuer, algorithm) in good {
                    let token = try await issuer.token(Claims(), algorithm: algorithm)
                    #expect(try await files(api, token).status == 200, "\(algorithm)")
                }
                let several = try await rsa.token(
                    Claims(audience: #"["other","policy-assistant"]"#),
                    algorithm: "RS256"
                )
                #expect(try await files(api, several).status == 200)

                let wrong: [(Claims, Comment)] = [
                    (Claims(expiresIn: -60), "expired"), (Claims(issuer: "https://idp.example.org"), "wrong issuer"),
                    (Claims(issuer: nil), "no issuer"), (Claims(audience: #""other""#), "wrong audience"),
                    (Claims(audience: "[]"), "no audience"), (Claims(startsIn: 120), "not yet in force"),
                ]
                for (claims, what) in wrong {
                    try await expectRefusal(api, rsa.token(claims, algorithm: "RS256"), what)
                }
                try await expectRefusal(api, unsignedToken(Claims()), "alg none")
                try await expectRefusal(api, rsa.tokenSignedWithPublicKey(Claims()), "HS256 with the public key")
                try await expectRefusal(api, stranger.token(Claims(), algorithm: "RS256"), "a key for encryption")
                try await expectRefusal(api, stranger.token(Claims(), algorithm: "RS256", key: "rsa"), "another's key")
                try await expectRefusal(api, p256.token(Claims(), algorithm: "ES256", key: "p384"), "another algorithm")
            }
        }
    }

    /// What the identity provider publishes, and whether it can be reached.
    private final class Provider: Sendable {
        struct State {
            var keys: String
            var isDown = false
            var fetches = 0
        }

        let state: Mutex<State>

        init(_ keys: String) {
            state = Mutex(State(keys: keys))
        }

        func serve(_ connection: ScriptedConnection) async throws {
            while try await connection.request() != nil {
                let state = state.withLock { state in
                    state.fetches += 1
                    return state
                }
                let body = #"{"keys":[\#(state.keys)]}"#
                let head = state.isDown ? "HTTP/1.1 500 No" : "HTTP/1.1 200 OK"
                try await connection.send("\(head)\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)")
            }
        }
    }

    @Test func followsKeyChangesAndOutagesOfTheProvider() async throws {
        try await withTemporaryFolder { folder in
            let old = try await TokenIssuer(.p256, id: "old", in: folder)
            let new = try await TokenIssuer(.p256, id: "new", in: folder)
            let provider = Provider(try await old.jwk())
            try await withScriptedServer(script: provider.serve) { server in
                let settings = ["AUTH_JWKS_URL": "http://\(server.authority)/keys"]
                try await serving(Self.keySetSettings.merging(settings) { $1 }) { _, api in
                    let oldToken = try await old.token(Claims(), algorithm: "ES256")
                    let newToken = try await new.token(Claims(), algorithm: "ES256")
                    #expect(try await files(api, oldToken).status == 200)
                    #expect(provider.state.withLock(\.fetches) == 1)

                    let keys = try await new.jwk()
                    provider.state.withLock { $0.keys = keys }
                    #expect(try await files(api, newToken).status == 200)
                    #expect(provider.state.withLock(\.fetches) == 2)
                    try await expectRefusal(api, oldToken, "a key that is published no more")

                    provider.state.withLock { $0.isDown = true }
                    #expect(try await files(api, newToken).status == 200, "the last good keys stay in use")
                    try await expectRefusal(api, old.token(Claims(), algorithm: "ES256", key: "third"), "unknown key")
                    #expect(provider.state.withLock(\.fetches) == 2, "unknown keys do not make it ask again and again")
                }
            }
        }
    }

    @Test func withoutKeysTokensCannotBeVerified() async throws {
        try await withTemporaryFolder { folder in
            let issuer = try await TokenIssuer(.p256, id: "key", in: folder)
            let provider = Provider(try await issuer.jwk())
            provider.state.withLock { $0.isDown = true }
            try await withScriptedServer(script: provider.serve) { server in
                let settings = ["AUTH_JWKS_URL": "http://\(server.authority)/keys"]
                try await serving(Self.keySetSettings.merging(settings) { $1 }) { _, api in
                    let reply = try await files(api, issuer.token(Claims(), algorithm: "ES256"))
                    #expect(reply.status == 503)
                    let problem: ProblemDocument = try reply.decoded()
                    #expect(problem.code == "identity_unavailable")
                    #expect(!problem.detail.contains("127.0.0.1"))
                    #expect(reply.headers[.retryAfter] == "30")
                    try await expectRefusal(api, "nonsense", "what is no token at all")
                    #expect(try await api.send(.get, "/healthz").status == 200)
                }
            }
        }
    }

    @Test func secretsAreNotShown() async throws {
        let settings = ["AUTH_MODE": "jwt", "AUTH_JWT_SECRET": Self.secret, "LOG_LEVEL": "trace"]
        try await withInstallation(documents: Documents.all, settings: settings) { installation, _ in
            for command in ["doctor", "status"] {
                let result = try await installation.run([command])
                #expect(!result.output.contains(Self.secret) && !result.errors.contains(Self.secret))
            }
        }
    }
}
