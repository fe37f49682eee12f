internal import HTTPTypes
internal import PolicyAssistant

extension ChatRoutes {
    /// The body of a question.
    var body: JSONBody<ChatRequest> {
        JSONBody(
            maximumCharacters: assistant.settings.maximumMessageCharacters,
            models: assistant.settings.offeredModels,
            isUserRequired: assistant.settings.authentication.mode == "none" && assistant.settings.sharedThread == nil
        )
    }

    static let turnID = Parameter.path(
        "turn_id",
        .string(pattern: TurnID.pattern),
        "The turn, as the header x-turn-id named it.",
        example: "turn_00112233445566778899aabbccddeeff"
    )

    private static let idempotencyKey = Parameter.header(
        .idempotencyKey,
        .string(1...IdempotencyKey.maximumCharacters, pattern: IdempotencyKey.pattern),
        "A key that the caller chooses for this question: a question sent again with it is answered once."
    )

    /// The maximum number of digits of an event's number.
    static let eventIDDigits = 9

    private static let lastEventID = Parameter.header(
        .lastEventID,
        .string(1...Self.eventIDDigits, pattern: "^[0-9]+$"),
        "The id of the last event that the caller has; all that follow are sent."
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

    var following: Operation {
        Operation(
            method: .get,
            path: "/chat/{turn_id}/events",
            id: "follow",
            tag: .chat,
            summary: "Follow an answer",
            details: "Sends a streamed answer's events once more, from any on. They are kept for ten minutes.",
            access: .owner,
            parameters: [Self.turnID, Self.lastEventID],
            replies: [Reply(status: .ok, summary: "The events.", contents: [.turnEvents], headers: [.turnID])],
            problems: Self.aboutTurns + [
                .invalidField("Last-Event-ID must be the id of an event of this turn.")
            ] + Self.inTurns
        )
    }

    var ending: Operation {
        Operation(
            method: .delete,
            path: "/chat/{turn_id}",
            id: "end",
            tag: .chat,
            summary: "End an answer",
            details:
                "Ends a turn, on whatever server it runs. A turn that has its answer stays as it is.",
            access: .owner,
            parameters: [Self.turnID],
            replies: [.noContent("The turn ends, or had ended.")],
            problems: Self.aboutTurns
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

    private static let aboutTurns = [
        ProblemKind(.notFound), ProblemKind(.turnNotFound, "There is no such turn, or it is no longer kept."),
        .storeUnavailable,
    ]
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
