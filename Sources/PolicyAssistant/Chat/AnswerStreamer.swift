/// Emits the events of a streamed answer: text, and each citation once.
final class AnswerStreamer {
    /// Gets each event as it comes.
    typealias EventHandler = @Sendable (TurnEvent) async -> Void

    private let onEvent: EventHandler
    /// Whether an event was emitted, which cannot be taken back.
    private(set) var hasEmitted = false

    /// The longest answer that is taken, in UTF-8 bytes.
    private static let maximumBytes = 1 << 20

    init(onEvent: @escaping EventHandler) {
        self.onEvent = onEvent
    }

    /// Emits all that comes, and returns the whole answer.
    ///
    /// Line ends that no text follows are kept back: they are not part of the answer.
    ///
    /// - Throws: What the events throw, and ``PolicyAssistantError`` where they end without a whole answer.
    func stream(
        _ events: some AsyncSequence<UpstreamEvent, any Error>,
        answering question: String,
        with assembler: AnswerAssembler
    ) async throws -> UpstreamAnswer {
        var length = 0
        var finder = CitationFinder(assembler.documents, question: question)
        var (beginning, keptBack) = ("", "")
        var confidence: AnswerConfidence?
        for try await event in events {
            switch event {
            case .text(let piece):
                length += piece.utf8.count
                guard length <= Self.maximumBytes else { throw PolicyAssistantError.answerTooLong }
                finder.read(piece)
                if !keptBack.isEmpty, piece.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
                    keptBack += piece
                    continue
                }
                let text = keptBack + piece
                let emitted = text.withoutTrailingLines
                keptBack = String(text[emitted.endIndex...])
                guard !emitted.isEmpty else { continue }
                if confidence == nil, beginning.count < AnswerConfidence.maximumCharacters {
                    beginning += emitted
                    confidence = AnswerConfidence(saidBy: beginning)
                    await emit(.delta(String(emitted), confidence: confidence))
                } else {
                    await emit(.delta(String(emitted)))
                }
            case .found(let found):
                finder.read(found)
            case .citation(let place):
                if let citation = finder.citation(of: place) { await emit(.citation(citation)) }
            case .ended(let answer):
                return answer
            }
        }
        throw PolicyAssistantError.noAnswer
    }

    private func emit(_ event: TurnEvent) async {
        hasEmitted = true
        await onEvent(event)
    }
}
