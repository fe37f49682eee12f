/// Tells when a model repeats itself without end, as it may where it does not understand.
enum Repetition {
    /// The longest phrase that is looked for, in tokens.
    private static let longestPhrase = 24

    /// Whether the text ends with the same phrase four times or more, and with twelve tokens or more of that.
    static func ends(_ tokens: [Int]) -> Bool {
        (1...longestPhrase).contains { length in
            let count = max(4 * length, 12)
            return tokens.count >= count
                && (tokens.count - count + length..<tokens.count).allSatisfy { tokens[$0] == tokens[$0 - length] }
        }
    }
}
