extension PolicyAssistantError {
    static let userBusy = PolicyAssistantError(
        .userBusy,
        "Earlier questions of yours are still being answered. Try again shortly.",
        retryAfter: .seconds(5)
    )
    static let lockLost = PolicyAssistantError(
        .userBusy,
        "Another question of yours took over. Ask again.",
        retryAfter: .seconds(1)
    )
    static let tooManyQuestions = PolicyAssistantError(
        .tooManyQuestions,
        "Too many questions are waiting to be answered. Try again shortly.",
        retryAfter: .seconds(5)
    )
    static func answerTimedOut(after timeout: Duration) -> PolicyAssistantError {
        PolicyAssistantError(
            .upstreamTimeout,
            "The answer did not come within \(timeout.components.seconds) seconds. Ask again."
        )
    }
    static let answerTooLong = PolicyAssistantError(
        .answerIncomplete,
        "The answer came out too long and was cut. Ask for a part of it."
    )
    static let noTurn = PolicyAssistantError(
        .turnNotFound,
        "There is no such turn. Turns are kept for ten minutes after their last event."
    )
    static let turnLost = PolicyAssistantError(
        .turnLost,
        "The server that was answering is gone. Ask again.",
        retryAfter: .seconds(1)
    )
    static let turnCancelled = PolicyAssistantError(.turnCancelled, "The turn was ended as its caller wished.")
    static let shuttingDown = PolicyAssistantError(
        .shuttingDown,
        "The server is shutting down. Ask again.",
        retryAfter: .seconds(1)
    )
    static let idempotencyKeyReused = PolicyAssistantError(
        .idempotencyKeyReused,
        "This Idempotency-Key was used with another question. Use a new key.",
        field: "Idempotency-Key"
    )
    static let unforeseen = PolicyAssistantError(
        .internalError,
        "Something went wrong here. The request's ID tells the operator where to look."
    )
}
