import Foundation
import HTTPTypes
import Redis
import TestSupport
import Testing

@Suite struct SignInTests {
    private let question = #"{"message":"How long is parental leave?"}"#

    /// Serves with a document in force, and lets `ana` sign in.
    private func serving(
        _ settings: [String: String] = [:],
        _ body: (Installation, RedisServer, API) async throws -> Void
    ) async throws {
        let settings = SigningIn.settings.merging(settings) { $1 }
        try await withScriptedInstallation(settings: settings) { installation, _, server in
            try await SigningIn.add("ana", to: server)
            try await installation.servingHere { try await body(installation, server, $0) }
        }
    }

    private func status(_ api: API, _ headers: HTTPFields) async throws -> Int {
        try await api.send(.get, "/files", headers: headers).status
    }

    @Test func correctPasswordReturnsATokenForADay() async throws {
        try await serving { _, _, api in
            let reply = try await api.login(" Ana", SigningIn.password)
            #expect(reply.status == 200)
            #expect(reply.headers[.cacheControl] == "no-store")
            let given = try reply.decoded(API.SignedIn.self)
            #expect(given.userId == "ana" && given.tokenType == "Bearer" && given.expiresIn == 86400)
            let parts = given.token.split(separator: ".").map(String.init)
            let claims = try JSONDecoder().decode([String: Claim].self, from: bytes(base64URL: parts[1]))
            #expect(claims["sub"]?.text == "ana")
            #expect((claims["exp"]?.number ?? 0) - (claims["iat"]?.number ?? 0) == 86400)
            let header = try JSONDecoder().decode([String: String].self, from: bytes(base64URL: parts[0]))
            #expect(header["alg"] == "HS256")

            let answer = try await api.send(.post, "/chat", body: question, headers: given.bearer)
            #expect(answer.status == 200)
            #expect(try answer.decoded(ChatAnswer.self).userId == "ana")
            #expect(try await api.send(.get, "/threads/ana", headers: given.bearer).status == 200)
            #expect(try await api.send(.get, "/threads/ben", headers: given.bearer).status == 403)
            #expect(try await api.send(.get, "/metrics", headers: given.bearer).status == 403)
        }
    }

    @Test func cookieIsRestrictedToThePage() async throws {
        try await serving { _, _, api in
            let reply = try await api.login("ana", SigningIn.password)
            let cookie = try #require(reply.headers[.setCookie])
            #expect(cookie.hasPrefix("__Host-policy-assistant="))
            for part in ["; HttpOnly", "; SameSite=Strict", "; Secure", "; Path=/", "; Max-Age=86400"] {
                #expect(cookie.contains(part), "\(part)")
            }
            #expect(!cookie.contains("Domain"))
        }
        try await serving(["AUTH_COOKIE_SECURE": "false"]) { _, _, api in
            let (_, cookie) = try await api.signIn("ana")
            #expect(cookie.hasPrefix("policy-assistant="))
            #expect(try await status(api, [.cookie: cookie]) == 200)
        }
    }

    @Test func unsafeRequestsWithACookieNeedTheCSRFToken() async throws {
        try await serving { _, server, api in
            let (given, cookie) = try await api.signIn("ana")
            #expect(try await status(api, [.cookie: cookie]) == 200)
            let session = try await api.send(.get, "/session", headers: [.cookie: cookie]).decoded(SessionState.self)
            #expect(session.isKnown && session.userId == "ana" && session.csrfToken == given.csrfToken)

            try await SigningIn.add("ben", to: server)
            let others = try await api.signIn("ben").0.csrfToken
            for word in [nil, "", "AAAA", others] {
                let headers = HTTPFields().with("cookie", cookie).with("x-csrf-token", word)
                for (method, path) in [
                    (HTTPRequest.Method.post, "/chat"), (.delete, "/threads/ana"), (.post, "/logout"),
                ] {
                    let reply = try await api.send(
                        method,
                        path,
                        body: method == .post ? question : nil,
                        headers: headers
                    )
                    #expect(reply.status == 403, "\(method) \(path)")
                    #expect(try reply.decoded(ProblemDocument.self).code == "csrf_token_invalid")
                }
            }
            let headers = HTTPFields().with("cookie", cookie).with("x-csrf-token", given.csrfToken)
            #expect(try await api.send(.post, "/chat", body: question, headers: headers).status == 200)
            #expect(
                try await status(api, [.cookie: cookie, .authorization: "Bearer nonsense"]) == 401,
                "the header counts"
            )
        }
    }

    @Test func responsesDoNotRevealUserNames() async throws {
        try await serving { _, _, api in
            var answers: Set<String> = []
            for (name, password) in [("ana", "wrong"), ("nobody", "wrong"), ("ana", ""), ("", SigningIn.password)] {
                let reply = try await api.login(name, password)
                #expect(reply.status == 401)
                #expect(reply.headers[.wwwAuthenticate] == "Bearer" && reply.headers[.setCookie] == nil)
                let problem = try reply.decoded(ProblemDocument.self)
                answers.insert("\(problem.code) \(problem.title) \(problem.detail) \(reply.headers.count)")
            }
            #expect(answers.count == 1, "\(answers)")
        }
    }

    @Test func repeatedFailuresAreLimitedOnEveryReplicaAndNotLogged() async throws {
        let settings = SigningIn.settings.merging(["LOG_LEVEL": "trace", "TRUSTED_PROXIES": "1"]) { $1 }
        try await withInstallation(settings: settings) { installation, server in
            try await SigningIn.add("ana-lopez", to: server)
            try await installation.runningReplica { first in
                try await installation.runningReplica { second in
                    for number in 0..<5 {
                        let api = number % 2 == 0 ? first.api : second.api
                        #expect(try await api.login("ana-lopez", "wrong-\(number)").status == 401)
                    }
                    for api in [first.api, second.api] {
                        let headers = HTTPFields().with("x-forwarded-for", "192.0.2.77")
                        let reply = try await api.login("ana-lopez", SigningIn.password, headers: headers)
                        #expect(reply.status == 429)
                        #expect(try reply.decoded(ProblemDocument.self).code == "too_many_attempts")
                        #expect(reply.headers[.retryAfter].flatMap { Int($0) } ?? 0 > 200)
                        #expect(reply.headers[.setCookie] == nil)
                    }
                    let log = (first.program.output + second.program.output).joined(separator: "\n")
                    #expect(log.contains("/login"))
                    for secret in ["ana-lopez", "wrong-", SigningIn.password, "192.0.2.77"] {
                        #expect(!log.contains(secret), "\(secret)")
                    }
                }
            }
        }
    }

    @Test func warnsOnceOfAnUntrustedProxy() async throws {
        for (proxies, header, warnings) in [
            ("0", "x-forwarded-for", 1), ("0", "forwarded", 1), ("1", "x-forwarded-for", 0),
        ] {
            let settings = SigningIn.settings.merging(["TRUSTED_PROXIES": proxies]) { $1 }
            try await withInstallation(settings: settings) { installation, _ in
                try await installation.runningReplica { replica in
                    _ = try await replica.api.send(.get, "/")
                    for _ in 0..<3 {
                        let headers = HTTPFields().with(header, "for=192.0.2.77")
                        #expect(try await replica.api.send(.get, "/", headers: headers).status == 200)
                    }
                    await replica.program.terminate()
                    let told = replica.program.output.filter { $0.contains("TRUSTED_PROXIES") }
                    #expect(told.count == warnings, "\(header) with \(proxies): \(told)")
                    #expect(!told.joined().contains("192.0.2.77"))
                }
            }
        }
    }

    @Test func aSessionEndsWithSignOutNewPasswordAndRemoval() async throws {
        try await serving { installation, server, api in
            let (first, cookie) = try await api.signIn("ana")
            let (second, _) = try await api.signIn("ana")
            let headers = HTTPFields().with("cookie", cookie).with("x-csrf-token", first.csrfToken)
            let reply = try await api.send(.post, "/logout", headers: headers)
            #expect(reply.status == 204)
            #expect(reply.headers[.setCookie]?.hasPrefix("__Host-policy-assistant=; ") == true)
            #expect(reply.headers[.setCookie]?.contains("Max-Age=0") == true)
            #expect(try await status(api, [.cookie: cookie]) == 401)
            #expect(try await status(api, first.bearer) == 401, "the token was the session's as well")
            #expect(try await api.send(.post, "/logout", headers: first.bearer).status == 401)
            #expect(try await status(api, second.bearer) == 200, "another session goes on")

            let new = "another good password"
            let changed = try await installation.run(["users", "passwd", "ana"], input: new + "\n")
            #expect(changed.status == 0, "\(changed.errors)")
            #expect(try await status(api, second.bearer) == 401)
            #expect(try await api.login("ana", SigningIn.password).status == 401)
            let (third, _) = try await api.signIn("ana", new)
            #expect(try await status(api, third.bearer) == 200)
            #expect(try await installation.run(["users", "remove", "ana"]).status == 0)
            #expect(try await status(api, third.bearer) == 401)
        }
    }

    @Test func onlyTokensOfSessionsAreAccepted() async throws {
        try await serving { installation, _, api in
            let secret = Array((SigningIn.settings["AUTH_JWT_SECRET"] ?? "").utf8)
            let token = try await secretToken(Claims(), secret: secret)
            #expect(try await status(api, [.authorization: "Bearer \(token)"]) == 401)
            #expect(try await status(api, [.cookie: "__Host-policy-assistant=\(token)"]) == 401)
            let key = try await installation.run(["keys", "add", "admin", "--admin"]).output
            let admin = key.trimmingCharacters(in: .newlines)
            #expect(try await status(api, [.authorization: "Bearer \(admin)"]) == 200)
            #expect(try await status(api, [.cookie: "__Host-policy-assistant=\(admin)"]) == 401, "a key is no session")
        }
    }

    @Test(arguments: [
        (["AUTH_MODE": "none"], "none"), (["AUTH_MODE": "api-key"], "key"),
        (["AUTH_MODE": "jwt", "AUTH_JWT_SECRET": "a secret that has more than 32 bytes in it"], "token"),
    ])
    func withoutUsersThereIsNoSignIn(_ settings: [String: String], _ way: String) async throws {
        try await withInstallation(settings: settings) { installation, _ in
            try await installation.servingHere { api in
                let reply = try await api.login("ana", SigningIn.password)
                #expect(reply.status == (way == "none" ? 404 : 401))
                let session = try await api.send(.get, "/session").decoded(SessionState.self)
                #expect(session.signIn == way && session.isKnown == (way == "none") && session.userId == nil)
            }
        }
    }

    @Test func commandsManageUsers() async throws {
        let settings = SigningIn.settings.merging(["TEST_SCRYPT_LOGARITHM": ""]) { $1 }
        try await withInstallation(settings: settings) { installation, server in
            #expect(try await installation.run(["doctor"]).output.contains("run policy-assistant users add"))
            let added = try await installation.run(
                ["users", "add", "Ana"],
                input: "\(SigningIn.password)\nanother line\n"
            )
            #expect(added.status == 0, "\(added.errors)")
            #expect(added.errors == "ana can sign in\n" && added.output.isEmpty)
            try await server.withClient { redis in
                let hash = try await redis.send(.hget("user:ana", "scrypt")).string
                #expect(hash?.hasPrefix("$scrypt$ln=15,r=8,p=3$") == true, "at the cost that people have")
            }
            let list = try await installation.run(["users", "list"])
            #expect(list.output.hasSuffix("  ana\n"))
            let json = try await installation.run(["users", "list", "--json"])
            #expect(json.output.contains(#""username" : "ana""#))
            #expect(try await installation.run(["doctor"]).output.contains("1 user who sign"))
            for (arguments, input, complaint) in [
                (["users", "add", "ana"], SigningIn.password, "users passwd"),
                (["users", "add", "ben"], "", "is needed"),
                (["users", "add", "ben"], "short", "at least 12"),
                (["users", "passwd", "ben"], SigningIn.password, "no user"),
                (["users", "add", "ben"], "correct\u{7}horse battery", "control"),
                (["users", "remove", "ben"], "", "no user"),
            ] {
                let result = try await installation.run(arguments, input: input)
                #expect(result.status == 1 && result.errors.contains(complaint), "\(arguments) \(result.errors)")
            }
            try await installation.servingHere { api in
                let reply = try await api.login("ana", SigningIn.password)
                #expect(reply.status == 200)
            }
        }
    }

    @Test func descriptionIncludesSignInIfItIsEnabled() async throws {
        try await withInstallation(settings: SigningIn.settings) { installation, _ in
            var description = try await installation.run(["openapi"]).output
            for part in [#""/login""#, #""/logout""#, "__Host-policy-assistant", "csrf_token_invalid"] {
                #expect(description.contains(part), "\(part)")
            }
            var other = installation
            other.settings["AUTH_USERS"] = "none"
            description = try await other.run(["openapi"]).output
            #expect(description.contains(#""/session""#) && !description.contains(#""/login""#))
            #expect(!description.contains("csrf_token_invalid"))
        }
    }

    @Test func withoutASecretTheServerDoesNotStart() async throws {
        try await withInstallation(settings: ["AUTH_MODE": "jwt", "AUTH_USERS": "redis"]) { installation, _ in
            let result = try await installation.run(["serve"])
            #expect(result.status == 78)
            #expect(result.errors.contains("AUTH_JWT_SECRET: is needed with AUTH_USERS=redis"))
        }
    }
}

private struct SessionState: Decodable {
    let signIn: String
    let isKnown: Bool
    let userId: String?
    let csrfToken: String?
}

/// A token's claim, as text or as a number.
private struct Claim: Decodable {
    let text: String?
    let number: Int?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        text = try? container.decode(String.self)
        number = try? container.decode(Int.self)
    }
}

private func bytes(base64URL text: String) throws -> Data {
    let padded =
        text.replacing("-", with: "+").replacing("_", with: "/")
        + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    return try #require(Data(base64Encoded: padded))
}
