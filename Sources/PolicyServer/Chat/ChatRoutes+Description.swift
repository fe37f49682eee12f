internal import HTTPTypes
internal import PolicyAssistant

extension ChatRoutes {
    private static let idempotencyKey = Parameter.header(
        .idempotencyKey,
        .string(1...IdempotencyKey.maximumCharacters, pattern: IdempotencyKey.pattern),
        "A key that the caller chooses for this question: a question sent again with it is answered once."
    )

    var asking: Operation {
        Operation(
            method: .post,
            path: "/chat",
            id: "ask",
            tag: .chat,
            summary: "Ask a question",
            details: """
                The question is asked in the user's thread, so that it may go on from earlier ones. With `"stream": true`, or \
                `accept: text/event-stream`, the answer comes piece by piece.
                """,
            parameters: [Self.idempotencyKey],
            body: body.description,
            replies: [
                Reply(
                    status: .ok,
                    summary: "The answer, with its sources.",
                    contents: [.json(ChatResponse.self), .turnEvents],
                    headers: [.turnID, .rateLimit, .rateLimitPolicy]
                )
            ],
            problems: body.problems + [
                ProblemKind(.userMismatch), .invalidField("message must hold a question."),
                ProblemKind(.roleNotFound, "There is no role of this name."),
                ProblemKind(.idempotencyKeyReused, "This Idempotency-Key was used with another question."),
                ProblemKind(RateLimitFields.exceeded),
                .storeUnavailable,
            ] + Self.inTurns
        )
    }

    /// The problems of a turn that fails.
    static let inTurns =
        [
            ProblemKind(.turnCancelled, "The turn was ended as its caller wished."), ProblemKind(.callerLeft),
            ProblemKind(.answerIncomplete, "Upstream stopped before the answer was whole."),
            ProblemKind(.userBusy, "Earlier questions of this user are still being answered."),
            ProblemKind(.tooManyQuestions, "Too many questions are waiting to be answered."),
            ProblemKind(.turnLost, "The server that ran the turn is gone."),
            ProblemKind(.fileUnreadable, "The assistant's instructions cannot be read."),
            ProblemKind(.shuttingDown), .notSynced,
        ] + ProblemKind.ofUpstream
}

extension Content {
    /// The events of a turn.
    fileprivate static let turnEvents = Content(
        mediaType: "text/event-stream",
        schema: TurnStream.eventSchema,
        example: .of(TurnStream.example)
    )
}

extension HeaderDescription {
    static let turnID = Self(
        name: .turnID,
        summary: "The turn, where the answer can be asked for again.",
        schema: .string(pattern: TurnID.pattern)
    )
    static let rateLimit = Self(
        name: RateLimitFields.limit,
        summary: "How many more questions are admitted, and in how many seconds the whole quota is available again."
    )
    static let rateLimitPolicy = Self(
        name: RateLimitFields.policy,
        summary: "How many questions are admitted in how many seconds."
    )
}
