/// The text of superscript figures: a footnote's mark, or a unit's exponent.
enum SuperscriptText {
    private static let figures: [Character: Character] = [
        "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
    ]
    private static let units: Set<String> = ["m", "cm", "mm", "km", "dm", "ft", "yd", "in"]

    /// Returns the text of a superscript, separate from the word or figure before it.
    ///
    /// - Parameters:
    ///   - raised: The superscript.
    ///   - text: The text before it.
    /// - Returns: `²` after a unit or a figure, ` [2]` after any other word, and anything but figures unchanged.
    static func text(for raised: String, after text: String) -> String {
        let mark = raised.onOneLine
        guard !mark.isEmpty, mark.count <= 3, mark.allSatisfy({ figures[$0] != nil }) else { return raised }
        let word = text.reversed().prefix(3).prefix { $0.isLetter || $0.isNumber }
        guard let last = text.last, !last.isWhitespace else { return "[\(mark)] " }
        if last.isNumber || units.contains(String(word.reversed())) { return String(mark.compactMap { figures[$0] }) }
        return " [\(mark)]"
    }
}

/// Joins a note with the text that refers to it.
enum FootnoteText {
    /// The line with a note: after a full stop as a sentence of its own, otherwise in brackets.
    static func line(_ line: String, with note: String) -> String {
        guard let last = line.last else { return note }
        return ".!?…)\"”。".contains(last) ? "\(line) \(note)" : "\(line) (\(note))"
    }
}
