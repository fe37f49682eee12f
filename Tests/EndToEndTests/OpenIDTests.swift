import Foundation
import HTTPTypes
import TestSupport
import Testing

/// Sign-in with an identity provider, which tells the truth or lies; the test takes the place of the browser.
@Suite struct OpenIDTests {
    /// Serves with a scripted provider, both replicas of one deployment.
    private func serving(
        _ settings: [String: String?] = [:],
        _ body: (ScriptedProvider, Installation, Visitor) async throws -> Void
    ) async throws {
        try await withScriptedProvider { provider in
            let settings = provider.settings.merging(settings.compactMapValues(\.self)) { $1 }
                .filter { settings[$0.key] != .some(nil) }
            try await withScriptedInstallation(settings: settings) { installation, _, _ in
                try await installation.servingHere { try await body(provider, installation, Visitor(api: $0)) }
            }
        }
    }

    /// A browser without a page: it keeps cookies, and follows nothing by itself.
    private struct Visitor {
        let api: API
        var cookies: [String: String] = [:]

        mutating func get(_ path: String) async throws -> API.Reply { try await send(.get, path) }

        mutating func send(
            _ method: HTTPRequest.Method,
            _ path: String,
            body: String? = nil,
            headers: HTTPFields = [:]
        ) async throws -> API.Reply {
            var headers = headers
            if !cookies.isEmpty { headers[.cookie] = cookies.map { "\($0)=\($1)" }.joined(separator: "; ") }
            let reply = try await api.send(method, path, body: body, headers: headers)
            for field in reply.headers[values: .setCookie] {
                let parts = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
                cookies[String(parts[0])] = parts.count == 2 ? String(parts[1]) : nil
            }
            return reply
        }

        /// Begins a sign-in, and returns the fields of the provider's URL.
        mutating func begin(to destination: String? = nil) async throws -> (url: String, fields: [String: String]) {
            let query = destination.map { "?to=\($0)" } ?? ""
            let reply = try await get("/login/oidc\(query)")
            #expect(reply.status == 303)
            let url = reply.headers[.location] ?? ""
            return (url, ScriptedProvider.fields(String(url.drop { $0 != "?" }.dropFirst())))
        }

        /// Signs in at the provider, and brings the code back.
        mutating func signIn(at provider: ScriptedProvider, to destination: String? = nil) async throws -> API.Reply {
            let fields = try await begin(to: destination).fields
            let code = provider.code(for: fields["code_challenge"] ?? "", nonce: fields["nonce"] ?? "")
            return try await get("/login/oidc/callback?code=\(code)&state=\(fields["state"] ?? "")")
        }

        mutating func session() async throws -> Identified { try await get("/session").decoded() }
    }

    private struct Identified: Decodable {
        let signIn: String
        let isKnown: Bool
        let isAdmin: Bool
        let userId: String?
        let name: String?
        let csrfToken: String?
    }

    private func text(_ reply: API.Reply) -> String { String(decoding: reply.body, as: UTF8.self) }

    @Test func signsInByCodeWithPKCE() async throws {
        try await serving { provider, _, visitor in
            var visitor = visitor
            var session = try await visitor.session()
            #expect(session.signIn == "provider" && !session.isKnown)
            let (url, fields) = try await visitor.begin()
            #expect(url.hasPrefix("\(provider.issuer)/authorize?tenant=1&response_type=code&"))
            #expect(fields["client_id"] == "policy-assistant" && fields["scope"] == "openid profile")
            #expect(fields["redirect_uri"] == "http://127.0.0.1:9/login/oidc/callback")
            #expect(fields["code_challenge_method"] == "S256" && fields["state"]?.count == 43)
            #expect(fields["nonce"]?.count == 43 && fields["code_challenge"]?.count == 43)

            let reply = try await visitor.signIn(at: provider)
            #expect(reply.status == 200)
            #expect(text(reply).contains(#"<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">"#))
            let cookie = try #require(reply.headers[values: .setCookie].first { $0.hasPrefix("policy-assistant=") })
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
            session = try await visitor.session()
            #expect(session.isKnown && !session.isAdmin && session.name == "Ana Ürün")
            #expect(session.userId?.hasPrefix("user-1@") == true)

            let request = try #require(provider.tokenRequests.last)
            #expect(request.fields["grant_type"] == "authorization_code" && request.fields["client_secret"] == nil)
            #expect(request.fields["redirect_uri"] == "http://127.0.0.1:9/login/oidc/callback")
            let credentials = Data("policy-assistant:a%20secret%3A%20%2B%2F%C3%A4".utf8).base64EncodedString()
            #expect(request.authorization == "Basic \(credentials)")

            let question = #"{"message":"How long is parental leave?"}"#
            let refused = try await visitor.send(.post, "/chat", body: question)
            #expect(try refused.decoded(ProblemDocument.self).code == "csrf_token_invalid")
            let word = HTTPFields().with("x-csrf-token", session.csrfToken)
            let answer = try await visitor.send(.post, "/chat", body: question, headers: word)
            #expect(try answer.decoded(ChatAnswer.self).userId == session.userId)
        }
    }

    @Test func acceptsProvidersOfOtherKinds() async throws {
        try await serving(["OIDC_CLIENT_SECRET": nil, "OIDC_GROUPS_CLAIM": "realm_access.roles"]) {
            provider,
            _,
            visitor in
            var public_ = visitor
            provider.behave { $0.claims = ["realm_access": #"{"roles":["hr"]}"#, "aud": #"["policy-assistant"]"#] }
            #expect(try await public_.signIn(at: provider).status == 200)
            #expect(try await public_.session().isAdmin)
            let request = try #require(provider.tokenRequests.last)
            #expect(request.authorization == nil && request.fields["client_id"] == "policy-assistant")

            var thin = visitor
            provider.behave { behaviour in
                behaviour.claims = ["name": nil, "groups": nil]
                behaviour.userInfo = #"{"sub":"user-1","name":"Ben","realm_access":{"roles":["staff","hr"]}}"#
            }
            #expect(try await thin.signIn(at: provider).status == 200)
            let session = try await thin.session()
            #expect(session.name == "Ben" && session.isAdmin, "UserInfo has what the ID token lacks")

            var twice = visitor
            let other = try await withTemporaryFolder { try await TokenIssuer(.rsa, id: "key", in: $0).jwk() }
            let own = try await provider.key.jwk()
            provider.behave { $0.keys = [other, own] }
            #expect(try await twice.signIn(at: provider).status == 200, "two keys with one ID")
        }
    }

    @Test func userIsWhomTheConfiguredClaimNames() async throws {
        try await serving(["OIDC_USER_CLAIM": "email"]) { provider, _, visitor in
            var visitor = visitor
            provider.behave { $0.claims = ["email": #""ana@example.com""#, "email_verified": "true"] }
            #expect(try await visitor.signIn(at: provider).status == 200)
            #expect(try await visitor.session().userId == "ana@example.com")
            for verified in [nil, "false"] as [String?] {
                provider.behave { $0.claims = ["email": #""ben@example.com""#, "email_verified": verified] }
                let reply = try await visitor.signIn(at: provider)
                #expect(reply.status == 400 && text(reply).contains("does not tell who you are"))
            }
        }
    }

    @Test func refusesWhatALiarSends() async throws {
        try await serving { provider, _, visitor in
            let now = Int(Date.now.timeIntervalSince1970)
            let lies: [(String, [String: String?])] = [
                ("another nonce", ["nonce": #""other""#]), ("no nonce", ["nonce": nil]),
                ("another audience", ["aud": #""other""#]), ("no audience", ["aud": nil]),
                ("several audiences without a party", ["aud": #"["policy-assistant","other"]"#]),
                ("another party", ["aud": #"["policy-assistant","other"]"#, "azp": #""other""#]),
                ("another party alone", ["azp": #""other""#]),
                ("another issuer", ["iss": #""https://evil.example""#]), ("no issuer", ["iss": nil]),
                ("the issuer with a slash", ["iss": #""\#(provider.issuer)/""#]),
                ("expired", ["exp": "\(now - 60)"]), ("no end", ["exp": nil]),
                ("no time of issue", ["iat": nil]), ("issued in the future", ["iat": "\(now + 300)"]),
                ("not yet valid", ["nbf": "\(now + 300)"]), ("no subject", ["sub": nil]),
            ]
            for (what, claims) in lies {
                var visitor = visitor
                provider.behave { $0.claims = claims }
                try await expectRefusal(try await visitor.signIn(at: provider), "\(what)")
                #expect(try await !visitor.session().isKnown, "\(what)")
            }
            let stranger = try await withTemporaryFolder { folder in
                let key = try await TokenIssuer(.rsa, id: "key", in: folder)
                return try await key.token(json: provider.claims(nonce: "n"), algorithm: "RS256")
            }
            let key = provider.key
            let forgeries: [(String, @Sendable (String) async throws -> String)] = [
                ("algorithm none", { unsignedToken(json: $0) }),
                ("HS256 with the public key", { try await key.tokenSignedWithPublicKey(json: $0) }),
                (
                    "HS256 with the client's secret",
                    { try await secretToken(json: $0, secret: Array(ScriptedProvider.secret.utf8)) }
                ),
                ("an algorithm that the provider does not list", { try await key.token(json: $0, algorithm: "RS512") }),
                ("an unknown key", { try await key.token(json: $0, algorithm: "RS256", key: "other") }),
                ("another's key of the same ID", { _ in stranger }),
                ("no token", { _ in "x" }),
            ]
            for (what, make) in forgeries {
                var visitor = visitor
                provider.behave { $0.token = make }
                try await expectRefusal(try await visitor.signIn(at: provider), "\(what)")
            }
            var other = visitor
            provider.behave { behaviour in
                behaviour.claims = ["groups": nil]
                behaviour.userInfo = #"{"sub":"user-2","groups":["hr"]}"#
            }
            try await expectRefusal(try await other.signIn(at: provider), "UserInfo of another user")
            for reply in [(400, #"{"error":"invalid_client"}"#), (200, "{}"), (500, "<html>")] {
                provider.behave { $0.tokenReply = reply }
                let refusal = try await other.signIn(at: provider)
                #expect(refusal.status == 400 && text(refusal).contains("Tell your administrator"), "\(reply)")
            }
        }
    }

    private func expectRefusal(_ reply: API.Reply, _ what: Comment) async throws {
        #expect(reply.status == 400, what)
        #expect(text(reply).contains("The identity provider's token is not valid"), what)
        #expect(reply.headers[values: .setCookie].isEmpty, what)
    }

    @Test func stateIsValidOnceAndInItsBrowserOnly() async throws {
        try await serving { provider, _, visitor in
            let callback = { (fields: [String: String]) in
                let code = provider.code(for: fields["code_challenge"] ?? "", nonce: fields["nonce"] ?? "")
                return "/login/oidc/callback?code=\(code)&state=\(fields["state"] ?? "")"
            }
            var browser = visitor
            let first = try await browser.begin().fields
            let second = try await browser.begin().fields
            #expect(try await browser.get(callback(second)).status == 200, "two tabs of one browser")
            let path = callback(first)
            #expect(try await browser.get(path).status == 200)
            let replayed = try await browser.get(path)
            #expect(replayed.status == 400 && text(replayed).contains("expired"), "a replayed callback")

            var stranger = visitor
            let fields = try await browser.begin().fields
            #expect(try await stranger.get(callback(fields)).status == 400, "without a cookie")
            #expect(try await browser.get(callback(fields)).status == 200, "nobody without a cookie uses a state up")
            _ = try await stranger.begin()
            let foreign = try await browser.begin().fields
            #expect(try await stranger.get(callback(foreign)).status == 400, "with another browser's cookie")
            let none = try await browser.get("/login/oidc/callback?code=x&state=made-up")
            #expect(none.status == 400 && text(none).contains("http://127.0.0.1:9/login/oidc"))
            #expect(try await browser.get("/login/oidc/callback").status == 400)
        }
    }

    @Test func responseOfAnotherProviderIsRefused() async throws {
        try await serving { provider, _, visitor in
            var visitor = visitor
            let fields = try await visitor.begin().fields
            let code = provider.code(for: fields["code_challenge"] ?? "", nonce: fields["nonce"] ?? "")
            let path = "/login/oidc/callback?code=\(code)&state=\(fields["state"] ?? "")&iss=https%3A%2F%2Fevil.example"
            let reply = try await visitor.get(path)
            #expect(reply.status == 400 && text(reply).contains("another identity provider"))
            #expect(provider.tokenRequests.isEmpty, "the code did not leave")
        }
        try await withScriptedProvider { provider in
            provider.behave { $0.metadata = ["authorization_response_iss_parameter_supported": "true"] }
            try await withScriptedInstallation(settings: provider.settings) { installation, _, _ in
                try await installation.servingHere { api in
                    var visitor = Visitor(api: api)
                    let reply = try await visitor.signIn(at: provider)
                    #expect(reply.status == 400 && text(reply).contains("another identity provider"))
                }
            }
        }
    }

    @Test func errorOfTheProviderIsShownAndNotRun() async throws {
        try await serving { _, _, visitor in
            var visitor = visitor
            for (code, shown) in [
                ("access_denied", "did not sign you in"), ("%3Cscript%3Ealert(1)", "(?script?alert?1?)"),
            ] {
                let fields = try await visitor.begin(to: "/%23document").fields
                let reply = try await visitor.get("/login/oidc/callback?error=\(code)&state=\(fields["state"] ?? "")")
                #expect(reply.status == 400 && text(reply).contains(shown), "\(code)")
                #expect(text(reply).contains("/login/oidc?to=%2F%23document"))
                #expect(reply.headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
            }
        }
    }

    @Test(arguments: [
        ("/%23document=leave.md", "http://127.0.0.1:9/#document=leave.md"),
        ("/docs?x=1", "http://127.0.0.1:9/docs?x=1"),
        ("//evil.example", "http://127.0.0.1:9//evil.example"), ("https://evil.example", "http://127.0.0.1:9/"),
        ("/%5Cevil.example", "http://127.0.0.1:9/"), ("javascript:alert(1)", "http://127.0.0.1:9/"),
        ("/%0D%0Aset-cookie:x", "http://127.0.0.1:9/"),
        ("/%22%3E%3Cscript%3E", "http://127.0.0.1:9/&quot;&gt;&lt;script&gt;"),
    ])
    func returnsToThisServerOnly(_ destination: String, _ expected: String) async throws {
        try await serving { provider, _, visitor in
            var visitor = visitor
            let reply = try await visitor.signIn(at: provider, to: destination)
            #expect(reply.status == 200 && text(reply).contains("content=\"0;url=\(expected)\""))
        }
    }

    @Test func sessionsEndHereThereAndByAnnouncement() async throws {
        try await serving { provider, installation, visitor in
            var visitor = visitor
            _ = try await visitor.signIn(at: provider)
            let word = HTTPFields().with("x-csrf-token", try await visitor.session().csrfToken)
            let signedOut = try await visitor.send(.post, "/logout", headers: word)
            let url = try signedOut.decoded([String: String].self)["provider_url"] ?? ""
            #expect(
                url.hasPrefix("\(provider.issuer)/end?id_token_hint=") && url.contains("client_id=policy-assistant")
            )
            #expect(url.hasSuffix("&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A9%2F"))
            #expect(try await !visitor.session().isKnown)

            let event = #"{"http://schemas.openid.net/event/backchannel-logout":{}}"#
            let announce = { (changes: [String: String?]) in
                let claims: [String: String?] = ["events": event, "jti": "\"\(UUID().uuidString)\"", "name": nil]
                let json = provider.claims(claims.merging(changes) { $1 })
                let token = try await provider.key.token(json: json, algorithm: "RS256")
                let headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
                return try await visitor.api.send(
                    .post,
                    "/login/oidc/logout",
                    body: "logout_token=\(token)",
                    headers: headers
                )
            }
            let now = Int(Date.now.timeIntervalSince1970)
            _ = try await visitor.signIn(at: provider)
            for (what, lie) in [
                ("a nonce", ["nonce": #""n""#]), ("no event", ["events": nil]),
                ("another event", ["events": #"{"x":{}}"#]),
                ("another audience", ["aud": #""other""#]), ("another issuer", ["iss": #""https://evil.example""#]),
                ("old", ["iat": "\(now - 600)", "exp": nil]), ("no ID", ["jti": nil]),
                ("nobody", ["sub": nil, "sid": nil]),
            ] as [(Comment, [String: String?])] {
                let reply = try await announce(lie)
                #expect(reply.status == 400, what)
                #expect(try reply.decoded(ProblemDocument.self).code == "invalid_logout_token", what)
            }
            #expect(try await announce(["sid": #""session-2""#]).status == 200)
            #expect(try await visitor.session().isKnown, "another session of the provider")

            // On every replica, and only those that there were.
            try await installation.servingHere { other in
                var here = visitor
                var elsewhere = Visitor(api: other, cookies: visitor.cookies)
                #expect(try await elsewhere.session().isKnown, "a session is open on every replica")
                let id = "\"\(UUID().uuidString)\""
                #expect(try await announce(["jti": id, "sid": nil]).status == 200)
                #expect(try await !here.session().isKnown)
                #expect(try await !elsewhere.session().isKnown)
                _ = try await here.signIn(at: provider)
                #expect(try await announce(["jti": id, "sid": nil]).status == 200)
                #expect(try await here.session().isKnown, "a token that is sent again ends no later session")
            }
        }
    }

    @Test func programsUseKeysAndAccessTokens() async throws {
        try await serving(["OIDC_AUDIENCE": "api://policies"]) { provider, installation, visitor in
            let key = try await installation.run(["keys", "add", "portal"]).output.trimmingCharacters(in: .newlines)
            let bearer = { (credential: String) in HTTPFields().with("authorization", "Bearer \(credential)") }
            #expect(try await visitor.api.send(.get, "/files", headers: bearer(key)).status == 200)
            let token = { (claims: [String: String?]) in
                try await provider.key.token(
                    json: provider.claims(["aud": #""api://policies""#].merging(claims) { $1 }),
                    algorithm: "RS256"
                )
            }
            let good = try await visitor.api.send(
                .get,
                "/session",
                headers: bearer(try await token(["groups": #"["hr"]"#]))
            )
            let identity: Identified = try good.decoded()
            #expect(identity.isKnown && identity.isAdmin && identity.userId?.hasPrefix("user-1@") == true)
            for lie in [["aud": #""policy-assistant""#], ["exp": nil], ["iss": #""x""#], ["sub": nil]]
                as [[String: String?]]
            {
                let reply = try await visitor.api.send(.get, "/files", headers: bearer(try await token(lie)))
                #expect(reply.status == 401, "\(lie)")
            }
        }
        try await serving { provider, _, visitor in
            let token = try await provider.key.token(json: provider.claims(), algorithm: "RS256")
            let reply = try await visitor.api.send(.get, "/files", headers: [.authorization: "Bearer \(token)"])
            #expect(reply.status == 401, "without OIDC_AUDIENCE no token is accepted, ID tokens least of all")
        }
    }

    @Test func unusableProviderIsNamed() async throws {
        try await withScriptedProvider { provider in
            provider.behave { $0.metadata = ["issuer": #""https://evil.example""#] }
            try await withScriptedInstallation(settings: provider.settings) { installation, _, _ in
                try await installation.servingHere { api in
                    let reply = try await api.send(.get, "/login/oidc")
                    #expect(reply.status == 503)
                    #expect(try reply.decoded(ProblemDocument.self).code == "identity_unavailable")
                }
            }
        }
    }
}
