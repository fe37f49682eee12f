internal import Synchronization

/// Tells a listener an answer as it is made: text without citation marks, and each source once.
final class AnswerTeller: Sendable {
    private let listener: Chat.Listener
    private let told = Atomic(false)

    /// The longest answer that is taken, in UTF-8 bytes.
    private static let longestAnswer = 1 << 20

    init(_ listener: @escaping Chat.Listener) {
        self.listener = listener
    }

    /// Whether anything has been told, which cannot be taken back.
    var hasTold: Bool { told.load(ordering: .acquiring) }

    /// Tells all that comes, and returns the whole answer.
    ///
    /// - Throws: What the events throw, and ``PolicyAssistantError`` where they end without a whole answer.
    func tell(
        _ events: some AsyncSequence<UpstreamEvent, any Error>,
        with assembler: AnswerAssembler
    ) async throws -> UpstreamAnswer {
        var filter = CitationMarks.Filter()
        var text = ""
        var passages: [UpstreamPassage] = []
        var citations: [Citation] = []
        for try await event in events {
            switch event {
            case .text(let piece):
                text += piece
                guard text.utf8.count <= Self.longestAnswer else { throw PolicyAssistantError.answerTooLong }
                await tell(text: filter.feed(piece))
            case .found(let found):
                passages += found
            case .source(let source):
                let citation = assembler.citation(of: source, in: text, passages)
                guard let citation, !citations.contains(citation) else { continue }
                citations.append(citation)
                await tell(.citation(citation))
            case .ended(let answer):
                await tell(text: filter.finish())
                return answer
            }
        }
        throw PolicyAssistantError.noAnswer
    }

    private func tell(text: String) async {
        if !text.isEmpty { await tell(.delta(text)) }
    }

    private func tell(_ event: TurnEvent) async {
        told.store(true, ordering: .releasing)
        await listener(event)
    }
}
