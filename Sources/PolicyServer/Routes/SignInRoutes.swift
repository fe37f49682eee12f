internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// `POST /login`: begins a session for a user name and password; `POST /logout`: ends it.
struct SignInRoutes: Sendable {
    let assistant: Assistant
    let tokens: SessionTokens
    let credentials: SessionCredentials

    var routes: [Route] { [Route(Self.beginning, login), Route(Self.ending, logout)] }

    @Sendable private func login(_ request: Request, _ context: APIContext) async throws -> Response {
        var request = request
        let body = try await Self.body.decode(from: &request, context)
        let address = CallerAddress(
            request.headers,
            peer: context.peer,
            trustedProxies: assistant.settings.trustedProxies
        )
        let session = try await assistant.signIn.begin(
            name: body.username,
            password: body.password,
            from: address.text
        )
        guard let session else { throw Problem.invalidCredentials }
        let token = try await tokens.token(for: session)
        var response = try Response.json(
            LoginBody(
                token: token,
                tokenType: LoginBody.bearer,
                expiresIn: SessionCredentials.lifetime,
                userID: session.user.value,
                csrfToken: credentials.csrfToken(for: session.id)
            )
        )
        response.setCookie(credentials.cookie(carrying: token))
        return response
    }

    @Sendable private func logout(_ request: Request, _ context: APIContext) async throws -> Response {
        // An API key has no session to end.
        if case .session(let session) = context.identity { try await assistant.signIn.sessions.end(session) }
        var response = Response(status: .noContent)
        response.setCookie(credentials.endedCookie)
        return response
    }
}
