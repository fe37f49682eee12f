/// Figures that are set above the line: the mark of a footnote, or the exponent of a unit.
enum SuperscriptText {
    private static let figures: [Character: Character] = [
        "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
    ]
    private static let units: Set<String> = ["m", "cm", "mm", "km", "dm", "ft", "yd", "in"]

    /// What is written for a raised text, so that it never runs together with the word or figure before it.
    ///
    /// - Parameters:
    ///   - raised: What is set above the line.
    ///   - text: What stands before it.
    /// - Returns: `²` behind a unit or a figure, ` [2]` behind any other word, and anything but figures as it is.
    static func text(for raised: String, after text: String) -> String {
        let mark = raised.onOneLine
        guard !mark.isEmpty, mark.count <= 3, mark.allSatisfy({ figures[$0] != nil }) else { return raised }
        let word = text.reversed().prefix(3).prefix { $0.isLetter || $0.isNumber }
        guard let last = text.last, !last.isWhitespace else { return "[\(mark)] " }
        if last.isNumber || units.contains(String(word.reversed())) { return String(mark.compactMap { figures[$0] }) }
        return " [\(mark)]"
    }
}
