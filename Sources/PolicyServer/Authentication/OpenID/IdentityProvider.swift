internal import Crypto
internal import FoundationEssentials
internal import HTTPClient
internal import HTTPTypes
internal import Logging
internal import PolicyAssistant

/// The identity provider that signs users in: authorization code flow with PKCE (OpenID Connect Core 1.0, section 3.1;
/// RFC 7636; RFC 9207; RFC 9700).
struct IdentityProvider: Sendable {
    let settings: OpenIDSettings
    let discovery: ProviderDiscovery
    let keys: PublishedKeys
    private let call: IdentityProviderCall
    private let now: @Sendable () -> Date

    /// Creates a provider, which is first asked when somebody signs in or its keys are refreshed.
    init(
        settings: OpenIDSettings,
        logger: Logger,
        now: @escaping @Sendable () -> Date = { .now },
        call: @escaping IdentityProviderCall
    ) {
        self.settings = settings
        self.call = call
        self.now = now
        let discovery = ProviderDiscovery(issuer: settings.issuer, logger: logger, call: call)
        self.discovery = discovery
        keys = PublishedKeys(logger: logger) {
            try await call(.document(at: discovery.document().keySetURL)).document()
        }
    }

    /// Why a sign-in failed.
    enum Failure: Error, Hashable {
        /// The provider returned an error to the browser, such as `access_denied`.
        case refused(code: String)
        /// The response names another issuer, or none where it has to: it may be another provider's (RFC 9207).
        case otherIssuer
        /// The provider did not exchange the code for tokens.
        case noTokens(code: String)
        /// The provider could not be reached, or its response is no JSON.
        case unreachable
        /// The ID token is not valid; the reason is a short constant.
        case invalidToken(String)
        /// The claims do not contain the claim that identifies the user.
        case unidentifiedUser
    }

    /// What a completed sign-in has shown.
    struct SignedIn {
        let user: ProviderUser
        let idToken: String
        let providerSession: String?
    }
}

// The authorization request.
extension IdentityProvider {
    /// Returns the URL that sends a browser to the provider (RFC 6749, section 4.1.1).
    ///
    /// - Throws: ``Problem/identityUnavailable``.
    func authorizationURL(for attempt: SignInAttempt, state: String) async throws -> String {
        let endpoint = try await discovery.document().authorizationEndpoint
        return endpoint.adding([
            ("response_type", "code"), ("client_id", settings.clientID), ("redirect_uri", settings.redirectURI),
            ("scope", settings.scopes.joined(separator: " ")), ("state", state), ("nonce", attempt.nonce),
            ("code_challenge", Data(SHA256.hash(data: Data(attempt.verifier.utf8))).base64URL),
            ("code_challenge_method", "S256"),
        ])
    }

    /// Returns the URL that signs a session's browser out at the provider; nil if the provider has none.
    ///
    /// Its source is OpenID Connect RP-Initiated Logout 1.0.
    func signOutURL(for session: ProviderSession) async -> String? {
        guard let endpoint = try? await discovery.document().endSessionEndpoint else { return nil }
        return endpoint.adding([
            ("id_token_hint", session.idToken), ("client_id", settings.clientID),
            ("post_logout_redirect_uri", "\(settings.publicURL)/"),
        ])
    }
}

// The token request.
extension IdentityProvider {
    /// Exchanges a code for tokens, and checks them.
    ///
    /// - Parameters:
    ///   - code: The code of the authorization response.
    ///   - issuer: The issuer that the response names; nil if it names none.
    ///   - attempt: The sign-in that the response belongs to.
    /// - Returns: The user, and what identifies the provider's session.
    /// - Throws: ``Failure``; ``Problem/identityUnavailable``.
    func signIn(code: String, issuer: String?, for attempt: SignInAttempt) async throws -> SignedIn {
        let metadata = try await discovery.document()
        guard issuer.map({ $0 == settings.issuer }) ?? !metadata.mustNameIssuer else { throw Failure.otherIssuer }
        let tokens = try await exchange(code, attempt.verifier, metadata)
        var claims = try await idTokenClaims(tokens.idToken, nonce: attempt.nonce, metadata)
        if !claims.has(settings.userClaim) || claims.texts(at: settings.groupsClaim) == nil {
            // Some providers put only the subject into ID tokens.
            if let more = try await userInfo(tokens.accessToken, subject: claims.text("sub"), metadata) {
                claims.add(more)
            }
        }
        guard let user = claims.user(settings) else { throw Failure.unidentifiedUser }
        return SignedIn(user: user, idToken: tokens.idToken, providerSession: claims.text("sid"))
    }

    private struct Tokens: Decodable {
        let idToken: String
        let accessToken: String?

        private enum CodingKeys: String, CodingKey {
            case idToken = "id_token"
            case accessToken = "access_token"
        }
    }

    private struct TokenError: Decodable {
        let error: String
    }

    private func exchange(_ code: String, _ verifier: String, _ metadata: ProviderMetadata) async throws -> Tokens {
        var fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", settings.redirectURI),
            ("code_verifier", verifier),
        ]
        var headers: HTTPFields = [.accept: "application/json", .contentType: "application/x-www-form-urlencoded"]
        if let secret = settings.clientSecret?.value, metadata.takesBasicAuthentication {
            // RFC 6749, section 2.3.1: both are form-encoded first.
            let credentials = "\(settings.clientID.percentEncoded()):\(secret.percentEncoded())"
            headers[.authorization] = "Basic \(Data(credentials.utf8).base64EncodedString())"
        } else {
            fields.append(("client_id", settings.clientID))
            if let secret = settings.clientSecret?.value { fields.append(("client_secret", secret)) }
        }
        let request = IdentityProviderRequest(
            url: metadata.tokenEndpoint,
            headers: headers,
            body: Array(fields.formEncoded.utf8)
        )
        guard let reply = try? await call(request) else { throw Failure.unreachable }
        guard reply.status == 200 else {
            let error = try? JSONDecoder().decode(TokenError.self, from: Data(reply.body))
            throw Failure.noTokens(code: (error?.error).map(Self.printable) ?? "status \(reply.status)")
        }
        guard let tokens = try? JSONDecoder().decode(Tokens.self, from: Data(reply.body)) else {
            throw Failure.invalidToken("the response has no ID token")
        }
        return tokens
    }

    /// Returns an error code as logs and pages show it: short, and in letters, digits and `_` only.
    static func printable(_ code: String) -> String {
        String(code.prefix(64).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "?" })
    }

    private func userInfo(
        _ accessToken: String?,
        subject: String?,
        _ metadata: ProviderMetadata
    ) async throws -> ProviderClaims? {
        guard let accessToken, let endpoint = metadata.userInfoEndpoint,
            let reply = try? await call(.document(at: endpoint, headers: [.authorization: "Bearer \(accessToken)"])),
            reply.status == 200,
            let claims = try? JSONDecoder().decode(ProviderClaims.self, from: Data(reply.body))
        else { return nil }
        // OpenID Connect Core 1.0, section 5.3.2: claims of another subject must not be used.
        guard claims.text("sub") == subject else { throw Failure.invalidToken("UserInfo names another user") }
        return claims
    }
}

// The checks of tokens.
extension IdentityProvider {
    /// Checks an ID token (OpenID Connect Core 1.0, section 3.1.3.7), and returns its claims.
    ///
    /// - Throws: ``Failure/invalidToken(_:)``; ``Problem/identityUnavailable``.
    func idTokenClaims(_ token: String, nonce: String, _ metadata: ProviderMetadata) async throws -> ProviderClaims {
        let claims = try await signedClaims(token, metadata)
        try checkIssuerAndAudience(claims)
        guard let expiry = claims.time("exp") else { throw Failure.invalidToken("exp is missing") }
        guard now().timeIntervalSince1970 < expiry + TokenVerifier.leeway else {
            throw Failure.invalidToken("it has expired")
        }
        guard claims.text("nonce") == nonce else { throw Failure.invalidToken("the nonce is another") }
        guard claims.text("sub") != nil else { throw Failure.invalidToken("sub is missing") }
        return claims
    }

    /// The user of an access token for the API; nil if the token is not valid or none is accepted.
    ///
    /// - Throws: ``Problem/identityUnavailable``.
    func user(ofAccessToken token: String) async throws -> ProviderUser? {
        guard let audience = settings.audience,
            let (_, claims) = try await verificationKeys.verified(token, as: ProviderClaims.self),
            claims.text("iss") == settings.issuer, claims.texts("aud")?.contains(audience) == true,
            let expiry = claims.time("exp"), case let now = now().timeIntervalSince1970,
            now < expiry + TokenVerifier.leeway, now >= (claims.time("nbf") ?? 0) - TokenVerifier.leeway
        else { return nil }
        return claims.user(settings)
    }

    /// What a logout token ends.
    struct Logout: Hashable {
        let tokenID: String
        let subject: String?
        let providerSession: String?
    }

    /// Checks a logout token (OpenID Connect Back-Channel Logout 1.0, section 2.6).
    ///
    /// - Throws: ``Failure/invalidToken(_:)``; ``Problem/identityUnavailable``.
    func logout(_ token: String) async throws -> Logout {
        let claims = try await signedClaims(token, try await discovery.document())
        try checkIssuerAndAudience(claims)
        guard !claims.has("nonce") else { throw Failure.invalidToken("it has a nonce, as ID tokens have") }
        guard claims.fields(of: "events").contains(Self.logoutEvent) else {
            throw Failure.invalidToken("it has no logout event")
        }
        let now = now().timeIntervalSince1970
        guard let issuedAt = claims.time("iat"), now - issuedAt < Self.logoutLifetime + TokenVerifier.leeway,
            claims.time("exp").map({ now < $0 + TokenVerifier.leeway }) ?? true
        else { throw Failure.invalidToken("it has expired") }
        guard let id = claims.text("jti") else { throw Failure.invalidToken("jti is missing") }
        let logout = Logout(tokenID: id, subject: claims.text("sub"), providerSession: claims.text("sid"))
        guard logout.subject != nil || logout.providerSession != nil else {
            throw Failure.invalidToken("it names neither a user nor a session")
        }
        return logout
    }

    private static let logoutEvent = "http://schemas.openid.net/event/backchannel-logout"
    /// The time after which a logout token is no longer accepted, in seconds.
    private static let logoutLifetime: Double = 120

    private var verificationKeys: TokenVerifier.Keys { .published(keys) }

    private func signedClaims(_ token: String, _ metadata: ProviderMetadata) async throws -> ProviderClaims {
        let verified = try await verificationKeys.verified(
            token,
            as: ProviderClaims.self,
            algorithms: metadata.algorithms
        )
        guard let verified else { throw Failure.invalidToken("the signature is not the provider's") }
        return verified.claims
    }

    /// Checks the claims that ID tokens and logout tokens share.
    private func checkIssuerAndAudience(_ claims: ProviderClaims) throws(Failure) {
        guard claims.text("iss") == settings.issuer else { throw .invalidToken("the issuer is another") }
        let audience = claims.texts("aud") ?? []
        guard audience.contains(settings.clientID) else { throw .invalidToken("the audience is another") }
        let party = claims.text("azp")
        guard party == settings.clientID || party == nil && audience.count == 1 else {
            throw .invalidToken("it was issued for another client")
        }
        let now = now().timeIntervalSince1970
        guard let issuedAt = claims.time("iat"), now >= issuedAt - TokenVerifier.leeway else {
            throw .invalidToken("iat is missing or in the future")
        }
        guard now >= (claims.time("nbf") ?? 0) - TokenVerifier.leeway else {
            throw .invalidToken("it is not valid yet")
        }
    }
}
