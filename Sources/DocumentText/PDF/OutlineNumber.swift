/// The labels of paragraphs: bullets, and numbers such as `3.`, `(b)` and `2.1.4.`.
enum OutlineNumber {
    /// Whether a text is the label of the text that follows it on its line.
    static func isLabel(_ label: some StringProtocol, of text: some StringProtocol) -> Bool {
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return false }
        let label = label.drop(while: \.isWhitespace)
        if label.utf8.count <= 6, LayoutLine("\(label) x"[...]).listItem != nil { return true }
        guard (2...16).contains(label.utf8.count), text.first(where: { !$0.isWhitespace })?.isNumber == false else {
            return false
        }
        // A number of one point is one of an outline only with a point at its end, as it may be an amount.
        let figures = label.split(separator: ".")
        return figures.count + (label.last == "." ? 1 : 0) > 2
            && figures.allSatisfy { $0.utf8.count <= 3 && $0.allSatisfy { $0.isASCII && ($0.isNumber || $0.isLetter) } }
            && figures.allSatisfy { $0.allSatisfy(\.isNumber) || $0.count == 1 } && figures[0].first?.isNumber == true
    }
}
