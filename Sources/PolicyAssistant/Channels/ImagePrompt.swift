/// An answer with the description of an image that goes with it, between two marks.
struct ImagePrompt: Sendable, Hashable {
    /// The answer without marks.
    let text: String
    /// What the image shows; nil without both marks in order, or with nothing between them.
    let prompt: String?

    /// Reads an answer.
    ///
    /// What follows the closing mark is dropped. No mark is ever left in the text.
    ///
    /// - Parameters:
    ///   - answer: The answer.
    ///   - marks: The opening and the closing mark.
    init(_ answer: String, marks: (opening: String, closing: String)) {
        var prompt: String?
        var text = answer[...]
        if let opening = answer.firstRange(of: marks.opening) {
            let rest = answer[opening.upperBound...]
            text = answer[..<opening.lowerBound]
            prompt = rest.firstRange(of: marks.closing).map { String(rest[..<$0.lowerBound].trimmingWhitespace()) }
            // Only an opening mark: what follows is part of the answer, or was meant as a description; it is kept.
            if prompt == nil { text = answer[...] }
        }
        self.text = String(
            text.replacing(marks.opening, with: "").replacing(marks.closing, with: "")[...].trimmingWhitespace()
        )
        self.prompt = prompt?.isEmpty == false ? prompt : nil
    }
}
