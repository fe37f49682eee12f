internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// `POST /main`, as the clients of a former system use it: a message and the text of a role in, a message out.
///
/// Errors have the form of that system: a message, with its own words.
struct FormerChatRoutes: Sendable {
    let assistant: Assistant

    /// Whose rate limit callers without a user share.
    private static let unnamedCallers = "former-chat-clients"
    /// The longest message, in Unicode scalars.
    private static let maximumCharacters = 2_000

    var routes: [Route] { [Route(Self.asking, ask)] }

    @Sendable private func ask(_ request: Request, _ context: APIContext) async throws -> Response {
        guard context.identity.isKnown else { throw Problem.unauthorized }
        do {
            return try .json(FormerMessage(message: try await answer(request, context)))
        } catch {
            let problem = Problem(error)
            let isOurs = problem.status.kind == .serverError
            return try .json(
                FormerMessage(message: isOurs ? "An error occurred. Please try again later." : problem.detail),
                status: isOurs ? .internalServerError : problem.status,
                headers: problem.headers
            )
        }
    }

    private func answer(_ request: Request, _ context: APIContext) async throws -> String {
        var request = request
        let body = try await Self.body.decode(from: &request, context)
        let role = try body.checkedRole(upTo: Role.maximumTextCharacters)
        let message = try body.checkedMessage(upTo: Self.maximumCharacters)
        let asker = try FormerAsker(context, assistant, claimed: nil, group: Self.unnamedCallers)
        let limits = RateLimitFields(try await assistant.rateLimiter.admit(asker.limited))
        if let refusal = limits.refusal { throw refusal }
        var question = Question(message, by: asker.user)
        question.role = try Role(unnamed: role)
        do {
            let answer = try await assistant.turns.begin(question, on: context.executor).answer().text
            await forget(asker)
            return answer
        } catch {
            await forget(asker)
            throw error
        }
    }

    /// Deletes what a caller without a user has left, also if the caller has disconnected.
    private func forget(_ asker: FormerAsker) async {
        guard asker.isUnnamed else { return }
        await Task { [assistant] in _ = try? await assistant.forget(asker.user) }.value
    }

    private static let body = JSONBody(
        schema: .named(
            "FormerQuestion",
            .object(
                .required("message", .string(1...maximumCharacters), "The question."),
                .required("role", .string(1...Role.maximumTextCharacters), "What the assistant shall be.")
            )
        ),
        examples: [
            ("question", FormerQuestion(message: "How many days of leave do I get?", role: RoleBody.example.text))
        ],
        maximumBytes: 64 * 1024
    )

    private static let asking = Operation(
        method: .post,
        path: "/main",
        id: "main",
        tag: .roles,
        summary: "Ask a question in a role",
        details: """
            For clients of a former system. The text of the role comes with each question; another text begins another \
            conversation. A caller without a user asks a question that stands alone, and nothing of it is kept.
            """,
        body: body.description,
        replies: [
            .json(FormerMessage.self, "The answer."),
            .json(FormerMessage.self, "The message or the role is missing or too long.", status: .badRequest),
            .json(FormerMessage.self, "The body cannot be decoded.", status: .unprocessableContent),
            .json(FormerMessage.self, "The body is too large.", status: .contentTooLarge),
            .json(FormerMessage.self, "The body is not JSON.", status: .unsupportedMediaType),
            .json(FormerMessage.self, "Too many questions.", status: .tooManyRequests),
            .json(FormerMessage.self, "The question cannot be answered now.", status: .internalServerError),
        ]
    )
}

/// The body of `POST /main`.
private struct FormerQuestion: Codable {
    var message: String?
    var role: String?

    func checkedRole(upTo maximum: Int) throws(Problem) -> String {
        guard let role, !role.isBlank else { throw .former("Role is required") }
        guard role.unicodeScalars.count <= maximum else { throw .former("Role exceeds maximum length") }
        return role
    }

    func checkedMessage(upTo maximum: Int) throws(Problem) -> String {
        guard let message, !message.isBlank, message.unicodeScalars.count <= maximum else {
            throw .former("Message is either missing or exceeds maximum length")
        }
        return message
    }
}

/// The response of `POST /main`.
private struct FormerMessage: Encodable {
    let message: String
}

extension FormerMessage: Described {
    static let schema = Schema.named("FormerMessage", .object(.required("message", .string, "The message.")))
    static let example = FormerMessage(message: ChatResponse.example.answer)
}

extension Problem {
    fileprivate static func former(_ message: String) -> Problem {
        Problem(status: .badRequest, code: "invalid_field", detail: message)
    }
}

extension String {
    fileprivate var isBlank: Bool { !unicodeScalars.contains { !$0.properties.isWhitespace } }
}
