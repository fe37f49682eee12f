/// The name of a turn: a random word that nobody guesses, so that knowing it is reason enough to be shown the turn.
public struct TurnID: Sendable, Hashable, CustomStringConvertible {
    /// The word.
    public let description: String

    /// Makes a new name.
    init() {
        description = Self.prefix + RandomToken.make()
    }

    /// Reads a name; nil where the text is none.
    public init?(_ text: String) {
        let word = text.dropFirst(Self.prefix.count)
        guard text.hasPrefix(Self.prefix), word.utf8.count == 32, word.allSatisfy(\.isHexDigit) else { return nil }
        description = text
    }

    private static let prefix = "turn_"
}
