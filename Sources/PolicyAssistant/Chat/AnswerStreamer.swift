internal import Synchronization

/// Tells a listener an answer as it is made: text, and each source once.
final class AnswerStreamer: Sendable {
    private let listener: Chat.Listener
    private let told = Atomic(false)

    /// The longest answer that is taken, in UTF-8 bytes.
    private static let longestAnswer = 1 << 20

    init(_ listener: @escaping Chat.Listener) {
        self.listener = listener
    }

    /// Whether anything has been told, which cannot be taken back.
    var hasEmitted: Bool { told.load(ordering: .acquiring) }

    /// Tells all that comes, and returns the whole answer.
    ///
    /// Line ends that nothing follows are kept back: they are not part of the answer.
    ///
    /// - Throws: What the events throw, and ``PolicyAssistantError`` where they end without a whole answer.
    func tell(
        _ events: some AsyncSequence<UpstreamEvent, any Error>,
        to question: String,
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
                guard length <= Self.longestAnswer else { throw PolicyAssistantError.answerTooLong }
                finder.read(piece)
                if !keptBack.isEmpty, piece.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
                    keptBack += piece
                    continue
                }
                let text = keptBack + piece
                let told = text.withoutEmptyEnd
                keptBack = String(text[told.endIndex...])
                guard !told.isEmpty else { continue }
                if confidence == nil, beginning.count < AnswerConfidence.mostCharacters {
                    beginning += told
                    confidence = AnswerConfidence(saidBy: beginning)
                    await tell(.delta(String(told), confidence: confidence))
                } else {
                    await tell(.delta(String(told)))
                }
            case .found(let found):
                finder.read(found)
            case .citation(let place):
                if let citation = finder.citation(of: place) { await tell(.citation(citation)) }
            case .ended(let answer):
                return answer
            }
        }
        throw PolicyAssistantError.noAnswer
    }

    private func tell(_ event: TurnEvent) async {
        told.store(true, ordering: .releasing)
        await listener(event)
    }
}
