internal import Synchronization

/// What becomes known of an answer while a model writes it.
enum AnswerProgress: Sendable {
    /// The search has found passages; the text follows.
    case found(AnswerSearch)
    /// More of the text.
    case text(AnswerPiece)
}

/// A piece of an answer, and the citations in it, whose places count from the answer's beginning.
struct AnswerPiece: Sendable {
    let text: String
    let citations: [CitedAnswer.Citation]
}

/// An answer that a model is writing.
final class AnswerDraft: Sendable {
    private struct State {
        var text = ""
        var length = 0
        var citations: [CitedAnswer.Citation] = []
    }

    private let material: WritingMaterial
    private let model: String
    private let onProgress: @Sendable (AnswerProgress) -> Void
    private let state = Mutex(State())

    /// Creates an empty draft.
    init(
        _ material: WritingMaterial,
        by model: String,
        onProgress: @escaping @Sendable (AnswerProgress) -> Void
    ) {
        self.material = material
        self.model = model
        self.onProgress = onProgress
    }

    /// Whether a part has been added.
    var hasBegun: Bool { state.withLock { !$0.text.isEmpty } }

    /// Adds a part of the text, and emits it.
    func add(_ part: WrittenText.Part, of sources: [WritingSource]) {
        append(part.text, citing: part.sources.map { (sources[$0].id, sources[$0].fileID) })
    }

    private func append(_ text: String, citing passages: [(id: Int64, fileID: String)]) {
        let (piece, isFirst) = state.withLock { state -> (AnswerPiece, Bool) in
            let isFirst = state.text.isEmpty
            let text = (isFirst ? material.doubt.map { $0 + "\n\n" } ?? "" : "") + text
            state.length += text.unicodeScalars.count
            // A citation stands before the stop of its sentence.
            let index = state.length - (text.last.map { ".!?".contains($0) } == true ? 1 : 0)
            let citations = passages.compactMap { material.search.citation(of: $0.id, in: $0.fileID, at: index) }
            state.text += text
            state.citations += citations
            return (AnswerPiece(text: text, citations: citations), isFirst)
        }
        if isFirst { onProgress(.found(material.search)) }
        onProgress(.text(piece))
    }

    /// Ends the answer.
    ///
    /// - Parameters:
    ///   - history: The question and the messages before it.
    ///   - failure: Why the model did not write to the end; nil if it did.
    ///   - isLimited: Whether the request limits the tokens, so that nothing is added.
    /// - Returns: The answer, with the quotation at its end if the model did not finish. Its author is who wrote most of it.
    func finish(to history: ChatHistory, after failure: WritingFailure? = nil, isLimited: Bool = false) -> CitedAnswer {
        let isCut = failure == .tooLong && isLimited
        let written = state.withLock(\.length)
        if failure != nil, !isLimited { appendQuotation() }
        let state = state.withLock { $0 }
        let isOfModel = 2 * written >= state.length
        return CitedAnswer(
            text: state.text,
            citations: state.citations,
            confidence: material.confidence,
            author: AnswerAuthor(name: isOfModel ? model : AnswerAuthor.engine.name, failure: failure),
            search: material.search,
            isCut: isCut,
            to: history
        )
    }

    private func appendQuotation() {
        guard let quoted = material.quotation.citations.first?.passage else { return }
        var text = material.quotation.text[...]
        if let doubt = material.doubt { text = text.trimmingPrefix(doubt) }
        text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        let isKnown = state.withLock { $0.text.contains(text) }
        if !isKnown { append("\n\n" + text, citing: [(quoted.id, quoted.fileID)]) }
    }
}
