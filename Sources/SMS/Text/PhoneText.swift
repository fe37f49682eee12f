/// A long text in pieces that fit into a bounded number of messages.
public struct PhoneText: Sendable, Hashable {
    /// The piece to send, with what follows it.
    public let piece: String
    /// What was cut off; nil if the piece ends the text.
    public let rest: String?

    /// Cuts a piece from a text.
    ///
    /// The piece ends with a sentence, or with a line, if that keeps a third of the room; otherwise between words, with three
    /// dots. No character is cut.
    ///
    /// - Parameters:
    ///   - text: The text, spelled for phones.
    ///   - ending: What follows the piece in any case, such as the source; empty for nothing.
    ///   - invitation: What follows at the very end if something was cut off, such as “Reply MORE”.
    ///   - segments: The maximum number of messages, at least 1.
    public init(_ text: some StringProtocol, ending: String = "", invitation: String, segments: Int) {
        let text = String(text.trimmed)
        let whole = [text, ending].filter { !$0.isEmpty }.joined(separator: "\n")
        guard MessageSize(of: whole).segments > segments else {
            (piece, rest) = (whole, nil)
            return
        }
        let tail = [ending, invitation].filter { !$0.isEmpty }.map { "\n" + $0 }.joined()
        let characters = Array(text)
        let longest = Self.longest(of: characters, before: tail, segments)
        let cut = Self.cut(characters, at: longest)
        let head = String(characters[..<cut.end].trimmed)
        piece = head + (cut.isSentence || head.isEmpty ? "" : "...") + (head.isEmpty ? String(tail.dropFirst()) : tail)
        let left = String(characters[cut.end...].trimmed)
        rest = left.isEmpty ? nil : left
    }

    /// The number of characters that fit together with the tail and three dots.
    private static func longest(of characters: [Character], before tail: String, _ segments: Int) -> Int {
        var (fitting, beyond) = (0, characters.count)
        while beyond - fitting > 1 {
            let middle = (fitting + beyond) / 2
            if MessageSize(of: String(characters[..<middle]) + "..." + tail).segments <= segments {
                fitting = middle
            } else {
                beyond = middle
            }
        }
        return fitting
    }

    private static func cut(_ characters: [Character], at longest: Int) -> (end: Int, isSentence: Bool) {
        let least = longest / 3
        for end in stride(from: longest, to: least, by: -1) where isSentenceEnd(end, in: characters) {
            return (end, true)
        }
        for end in stride(from: longest, to: least, by: -1) where characters[end].isWhitespace { return (end, false) }
        // One character at least, so that every piece brings the end closer.
        return (max(longest, 1), false)
    }

    /// Whether a sentence or a line ends before a position.
    private static func isSentenceEnd(_ end: Int, in characters: [Character]) -> Bool {
        guard end > 0, end < characters.count, characters[end].isWhitespace else { return false }
        if characters[end].isNewline { return true }
        var last = end - 1
        while last > 0, "\"')]".contains(characters[last]) { last -= 1 }
        guard ".!?".contains(characters[last]) else { return "。！？".contains(characters[last]) }
        if characters[last] != "." { return true }
        // An abbreviation such as “e.g.”, an initial, or the number of a list: the sentence goes on.
        let word = characters[..<last].reversed().prefix { !$0.isWhitespace }
        if word.allSatisfy(\.isNumber) || word.count == 1 || word.contains(".") && !word.contains(where: \.isNumber) {
            return false
        }
        return !abbreviations.contains(String(word.reversed()).lowercased())
    }

    private static let abbreviations: Set<String> = [
        "approx", "art", "bzw", "ca", "ch", "cf", "dr", "etc", "fig", "inc", "incl", "jr", "ltd", "max", "min", "mr",
        "mrs", "ms",
        "nr", "no", "para", "prof", "sec", "sr", "st", "tel", "usw", "vgl", "vs",
    ]
}

extension BidirectionalCollection where Element == Character {
    /// The elements without white space at the ends.
    fileprivate var trimmed: SubSequence {
        var rest = self[(firstIndex { !$0.isWhitespace } ?? endIndex)...]
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return rest
    }
}
