/// The text of a superscript: a footnote's mark, a unit's exponent, a fraction or the end of an ordinal number.
enum SuperscriptText {
    private static let figures: [Character: Character] = [
        "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
    ]
    private static let minuses: Set<Character> = ["-", "−", "–"]
    private static let units: Set<String> = ["m", "cm", "mm", "km", "dm", "ft", "yd", "in"]
    /// Letters that end an ordinal number or stand for a unit: `2e`, `1o`, `8h`.
    private static let lettersOfFigures: Set<Character> = ["e", "o", "h"]
    private static let symbols: Set<Character> = ["*", "†", "‡", "§", "#"]
    private static let brackets: Set<Character> = ["(", ")", "[", "]"]
    private static let separators: Set<Character> = [",", ";", "-", "–", "/", " "]
    /// The maximum number of characters of a mark, the brackets and separators included.
    private static let maximumMark = 12

    /// Returns the text of a superscript, separate from the word or figure before it.
    ///
    /// - Parameters:
    ///   - raised: The superscript.
    ///   - text: The text before it.
    /// - Returns: `²` after a unit or a figure, ` [2]` after any other word; after a figure, ` [1,2]` for the marks of
    ///   footnotes such as `1,2`, `1)`, `a` and `*`, and ` 1/2` for a fraction; any other superscript unchanged.
    static func text(for raised: String, after text: String) -> String {
        let mark = raised.onOneLine
        guard !mark.isEmpty, mark.count <= maximumMark else { return raised }
        let end = raised.last?.isWhitespace == true ? " " : ""
        let last = text.last { !$0.isWhitespace }
        let isApart = text.last?.isWhitespace ?? true
        if mark.count <= 3, mark.allSatisfy({ figures[$0] != nil }) {
            if isApart { return "[\(mark)] " }
            return (isBase(text) ? String(mark.compactMap { figures[$0] }) : " [\(mark)]") + end
        }
        if let exponent = negativeExponent(mark), !isApart, isBase(text) { return exponent + end }
        if isFraction(mark) { return (last?.isNumber == true && !isApart ? " " : "") + mark + end }
        guard let note = note(in: mark, after: last) else { return raised }
        return isApart ? "[\(note)] " : " [\(note)]" + end
    }

    /// Whether a text ends in a figure or a unit.
    private static func isBase(_ text: String) -> Bool {
        let word = text.reversed().prefix(3).prefix { $0.isLetter || $0.isNumber }
        return word.first?.isNumber == true || units.contains(String(word.reversed()))
    }

    private static func negativeExponent(_ mark: String) -> String? {
        let digits = mark.dropFirst().compactMap { figures[$0] }
        guard let minus = mark.first, minuses.contains(minus), !digits.isEmpty, digits.count == mark.count - 1 else {
            return nil
        }
        return "⁻" + digits
    }

    private static func isFraction(_ mark: String) -> Bool {
        let parts = mark.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "⁄" }
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { figures[$0] != nil } }
    }

    /// The marks of footnotes in a superscript, without brackets; nil if it is anything else.
    ///
    /// After a letter, only marks with a figure or a bracket are marks, as letters belong to the word: `Mme`.
    private static func note(in mark: String, after last: Character?) -> String? {
        let isBracketed = mark.contains { brackets.contains($0) }
        let bare = mark.filter { !brackets.contains($0) }.onOneLine
        let items = bare.split { separators.contains($0) }
        guard let first = bare.first, !separators.contains(first), items.allSatisfy(isItem) else { return nil }
        let hasFigure = bare.contains { figures[$0] != nil }
        if hasFigure || isBracketed { return bare }
        guard let last, !last.isLetter else { return nil }
        return bare.count == 1 && last.isNumber && lettersOfFigures.contains(first) ? nil : bare
    }

    private static func isItem(_ item: Substring) -> Bool {
        guard item.count <= 3, let first = item.first else { return false }
        return item.allSatisfy { figures[$0] != nil } || item.allSatisfy { $0 == first } && symbols.contains(first)
            || item.count == 1 && first.isASCII && first.isLetter
    }
}
