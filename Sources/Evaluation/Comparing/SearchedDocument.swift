/// The text of a document in which quotes are searched: in its source form, as it is rendered, and with the cells of its
/// tables next to each other, as a row of a PDF stands in the file.
struct SearchedDocument: Sendable {
    private let forms: [[UInt8]]

    init(_ texts: [String]) {
        forms = texts.flatMap { text in
            let rendered = Folding.rendered(text)
            return [text, rendered, Folding.withoutCellBorders(rendered)].map { Array(Folding.folded($0).utf8) }
        }
    }

    /// Whether the document's text is unknown.
    var isUnknown: Bool { forms.isEmpty }

    /// Whether the document has a text verbatim, regardless of layout and case.
    func contains(_ text: String) -> Bool {
        let wanted = Array(Folding.folded(text).utf8)
        return forms.contains { Self.contains($0, wanted) }
    }

    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        guard let first = part.first, text.count >= part.count else { return part.isEmpty }
        return text.withUnsafeBufferPointer { text in
            part.withUnsafeBufferPointer { part in
                for start in 0...(text.count - part.count) where text[start] == first {
                    var length = 1
                    while length < part.count, text[start + length] == part[length] { length += 1 }
                    if length == part.count { return true }
                }
                return false
            }
        }
    }
}

/// Compares paths of documents.
enum DocumentPath {
    /// Whether a document's path is the named one, or ends with it after a slash.
    static func matches(_ path: String, _ named: String) -> Bool {
        path == named || path.hasSuffix("/" + named)
    }
}
