/// What somebody wrote, and what an imitated person replied.
public struct StylePair: Sendable, Hashable, Codable {
    /// What somebody wrote.
    public let prompt: String
    /// What the person replied.
    public let reply: String

    /// The most characters of each text.
    static let maximumCharacters = 500

    /// Creates a pair.
    public init(prompt: String, reply: String) {
        self.prompt = prompt
        self.reply = reply
    }

    /// The pair without what is no part of a manner of writing, and could be mistaken for a fact: digits become `#`, and
    /// addresses an ellipsis; nil for a pair with an empty or a long text.
    var asExample: StylePair? {
        let pair = StylePair(prompt: Self.masked(prompt), reply: Self.masked(reply))
        let lengths = [pair.prompt, pair.reply].map(\.count)
        return lengths.allSatisfy { (1...Self.maximumCharacters).contains($0) } ? pair : nil
    }

    private static func masked(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.split(separator: " ", omittingEmptySubsequences: false).map { word in
                if word.contains("@") || word.contains("://") || word.hasPrefix("www.") { return "…" }
                return String(word.map { $0.isNumber ? "#" : $0 })
            }.joined(separator: " ")
        }.joined(separator: "\n")
    }
}
