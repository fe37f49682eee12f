/// The name of a turn: a random word that nobody guesses, so that knowing it is reason enough to be shown the turn.
public struct TurnID: Sendable, Hashable, CustomStringConvertible {
    /// What a name looks like, as a regular expression.
    public static let pattern = "^\(prefix)[0-9a-fA-F]{\(digits)}$"

    /// The word.
    public let description: String

    /// Makes a new name.
    init() {
        description = Self.prefix + RandomToken.make()
    }

    /// Reads a name; nil where the text is none.
    public init?(_ text: String) {
        let word = text.dropFirst(Self.prefix.count)
        guard text.hasPrefix(Self.prefix), word.utf8.count == Self.digits, word.allSatisfy(\.isHexDigit) else {
            return nil
        }
        description = text
    }

    private static let prefix = "turn_"
    private static let digits = 32
}
