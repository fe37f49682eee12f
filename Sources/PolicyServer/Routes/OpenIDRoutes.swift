internal import Crypto
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import PolicyAssistant

/// `/login/oidc`: sign-in with the identity provider; `POST /logout`: sign-out.
struct OpenIDRoutes: Sendable {
    let assistant: Assistant
    let provider: IdentityProvider
    let credentials: SessionCredentials

    var routes: [Route] {
        [
            Route(Self.beginning, begin),
            Route(Self.completing, complete),
            Route(Self.notifying, endAnnouncedSessions),
            Route(Self.ending, logout),
        ]
    }

    private var settings: OpenIDSettings { provider.settings }
    private var sessions: ProviderSessions { assistant.providerSessions }

    /// Sends the browser to the provider.
    @Sendable private func begin(_ request: Request, _ context: APIContext) async throws -> Response {
        let address = CallerAddress(
            request.headers,
            peer: context.peer,
            trustedProxies: assistant.settings.trustedProxies
        )
        // A browser keeps its secret, so that it can begin several sign-ins at a time.
        let browser = credentials.browserSecret(in: request) ?? Self.random()
        let attempt = SignInAttempt(
            nonce: Self.random(),
            verifier: Self.random(),
            destination: destination(request.uri.queryParameters.get(Self.destination.name)),
            browser: Self.hash(browser)
        )
        let state = Self.random()
        let url = try await provider.authorizationURL(for: attempt, state: state)
        try await sessions.begin(attempt, state: state, from: address.text)
        var response = Response(status: .seeOther, headers: [.location: url])
        response.setCookie(credentials.browserCookie(carrying: browser))
        return response
    }

    /// Receives the browser from the provider, and begins a session.
    @Sendable private func complete(_ request: Request, _ context: APIContext) async throws -> Response {
        let query = request.uri.queryParameters
        guard let state = query.get("state"), let browser = credentials.browserSecret(in: request),
            let attempt = try await sessions.finishAttempt(state: state), attempt.browser == Self.hash(browser)
        else {
            return failure("This sign-in has expired, or it was begun in another browser.", to: nil)
        }
        do {
            if let code = query.get("error") {
                throw IdentityProvider.Failure.refused(code: IdentityProvider.printable(code))
            }
            guard let code = query.get("code") else { throw IdentityProvider.Failure.refused(code: "no_code") }
            let signedIn = try await provider.signIn(code: code, issuer: query.get("iss"), for: attempt)
            let token = try await sessions.begin(
                signedIn.user,
                idToken: signedIn.idToken,
                providerSession: signedIn.providerSession
            )
            // The origin is that of the settings, so no path leads to another server.
            let url = settings.publicURL.origin + attempt.destination
            return SignInPage.leading(to: url, cookie: credentials.cookie(carrying: token))
        } catch let failure as IdentityProvider.Failure {
            context.logger.warning("a sign-in at the identity provider failed", metadata: ["reason": "\(failure)"])
            return self.failure(failure.text, to: attempt.destination)
        }
    }

    /// Ends the sessions that the provider announces to have ended.
    @Sendable private func endAnnouncedSessions(_ request: Request, _ context: APIContext) async throws -> Response {
        var request = request
        let body = try await request.wholeBody(upTo: Self.maximumLogoutBytes, context)
        // A form has the syntax of a query.
        guard let token = URI("/?\(String(buffer: body))").queryParameters.get("logout_token") else {
            throw Problem.invalidLogoutToken("logout_token is missing")
        }
        do {
            let logout = try await provider.logout(token)
            try await sessions.end(
                subject: logout.subject,
                providerSession: logout.providerSession,
                announcedBy: logout.tokenID
            )
            return Response(status: .ok)
        } catch IdentityProvider.Failure.invalidToken(let reason) {
            context.logger.warning(
                "a logout token of the identity provider was refused",
                metadata: ["reason": "\(reason)"]
            )
            throw Problem.invalidLogoutToken(reason)
        }
    }

    @Sendable private func logout(_ request: Request, _ context: APIContext) async throws -> Response {
        var body = SignOutBody(providerURL: nil)
        // An API key and an access token have no session to end.
        if case .providerSession(let session) = context.identity {
            try await sessions.end(session)
            body.providerURL = await provider.signOutURL(for: session)
        }
        var response = try Response.json(body)
        response.setCookie(credentials.endedCookie)
        return response
    }

    private static let maximumLogoutBytes = 64 * 1024

    /// Returns 256 random bits as text of RFC 7636's alphabet.
    private static func random() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }.base64URL
    }

    private static func hash(_ text: String) -> String { Data(SHA256.hash(data: Data(text.utf8))).base64URL }

    private func failure(_ reason: String, to destination: String?) -> Response {
        var retry = "\(settings.publicURL)/login/oidc"
        if let destination { retry = retry.adding([(Self.destination.name, destination)]) }
        return SignInPage.failure(.badRequest, reason, retry: retry)
    }
}

// Where the browser returns to.
extension OpenIDRoutes {
    /// Returns a path of this server's page; the page itself for anything else.
    private func destination(_ text: String?) -> String {
        guard let text, text.hasPrefix("\(settings.publicURL.path)/"), text.utf8.count <= 1024,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return "\(settings.publicURL.path)/" }
        return text
    }
}

extension IdentityProvider.Failure {
    /// What the user can do about it.
    fileprivate var text: String {
        switch self {
        case .refused("access_denied"), .refused("login_required"), .refused("interaction_required"):
            "The identity provider did not sign you in."
        case .refused(let code): "The identity provider refused the sign-in (\(code)). Tell your administrator."
        case .otherIssuer: "The response is another identity provider's. Tell your administrator."
        case .noTokens(let code):
            "The identity provider did not complete the sign-in (\(code)). Tell your administrator."
        case .unreachable: "The identity provider cannot be reached at the moment. Try again shortly."
        case .invalidToken: "The identity provider's token is not valid. Tell your administrator."
        case .unidentifiedUser:
            "The identity provider does not tell who you are in the way that is configured here. Tell your administrator."
        }
    }
}
