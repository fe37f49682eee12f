/// Finds whether a text refers to the items of its lists by their letters, as in `in the cases of a) and (ii)`.
enum LabelReferences {
    private static let romans: Set<Substring> = ["ii", "iii", "iv", "vi", "vii", "viii", "ix"]

    /// Whether lines have a letter or a small roman number with a bracket after other words.
    static func areIn(_ lines: some Sequence<String>) -> Bool {
        lines.contains { line in
            line.utf8.contains(UInt8(ascii: ")"))
                && line.split(whereSeparator: \.isWhitespace).dropFirst().contains(where: isReference)
        }
    }

    /// Whether a line has a figure in brackets after other words, as in `paragraph (2)`.
    static func areFiguresIn(_ line: String) -> Bool {
        line.utf8.contains(UInt8(ascii: ")"))
            && line.split(whereSeparator: \.isWhitespace).dropFirst().contains { word in
                let label = word.prefix(through: word.lastIndex(of: ")") ?? word.startIndex)
                return label.first == "(" && (3...4).contains(label.count)
                    && label.dropFirst().dropLast().allSatisfy(\.isWholeNumber)
            }
    }

    private static func isReference(_ word: Substring) -> Bool {
        let label = word.prefix(through: word.lastIndex(of: ")") ?? word.startIndex)
        guard label.last == ")", word[label.endIndex...].allSatisfy({ ".,;:".contains($0) }) else { return false }
        let letters = label.dropLast().drop { $0 == "(" }
        return letters.count == 1 && letters.allSatisfy { $0.isASCII && $0.isLowercase } || romans.contains(letters)
    }
}
