/// The text of a document in the forms in which a quote may stand in it: as it was written, and as its reader sees it.
struct DocumentText: Sendable {
    private let forms: [[UInt8]]

    init(_ texts: [String]) {
        forms = texts.flatMap { [Folding.folded($0), Folding.folded(Folding.rendered($0))] }.map { Array($0.utf8) }
    }

    /// Whether the document's text is not known.
    var isUnknown: Bool { forms.isEmpty }

    /// Whether a text stands in the document word for word; layout and case do not count.
    func holds(_ text: String) -> Bool {
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
