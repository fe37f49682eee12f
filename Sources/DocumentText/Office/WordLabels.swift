/// The automatic labels of a Word document's list items to which its text refers, as in `in the cases of (a) and (c)`.
struct WordLabels: Sendable {
    /// Whether the text refers to letters and small roman numbers.
    private var areLetters = false
    /// Whether the text refers to figures in brackets.
    private var areFigures = false

    /// No labels.
    init() {}

    /// Finds the references in the main part of a document.
    init(_ body: [UInt8]) {
        var tokens = OfficeMarkup(body)
        var line = ""
        var isText = false
        while let token = tokens.next(), !areLetters || !areFigures {
            switch token {
            case .start("w:t", _, let isClosed): isText = !isClosed
            case .end("w:t"): isText = false
            case .text(let run): if isText { line += run }
            case .end("w:p"):
                areLetters = areLetters || LabelReferences.areIn([line])
                areFigures = areFigures || LabelReferences.areFiguresIn(line)
                line = ""
            default: break
            }
        }
    }

    /// Whether an item's number is kept as a label: it ends with a bracket, and the text refers to such ones.
    func keep(_ number: String) -> Bool {
        guard number.last == ")" else { return false }
        let label = number.dropLast().drop { $0 == "(" }
        return label.allSatisfy(\.isWholeNumber) ? areFigures && number.first == "(" : areLetters
    }
}
