/// How a turn ended, as metrics count it: one of a bounded set of words.
public struct TurnOutcome: Hashable, Sendable, CustomStringConvertible {
    /// The outcome's word.
    public let description: String

    /// The user has a whole answer.
    public static let answered = TurnOutcome(description: "answered")
    /// The caller went away, or the program is ending.
    public static let cancelled = TurnOutcome(description: "cancelled")

    /// Names the outcome of a turn that failed.
    public init(of error: any Error) {
        self =
            switch error {
            case let error as PolicyAssistantError: TurnOutcome(description: error.code.description)
            case is CancellationError: .cancelled
            default: TurnOutcome(description: "internal_error")
            }
    }

    private init(description: String) {
        self.description = description
    }
}
