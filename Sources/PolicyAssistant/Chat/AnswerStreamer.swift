/// Emits the events of a streamed answer: text, and each citation once.
///
/// A class whose steps are synchronous, so that the task that waits for the next event has a reference in its frame and not
/// all that they work with.
final class AnswerStreamer {
    /// Gets each event as it comes.
    typealias EventHandler = @Sendable (TurnEvent) async -> Void

    /// How the events of an answer end.
    indirect enum Ending: Sendable {
        /// The answer came to its end.
        case whole(UpstreamAnswer)
        /// The answer failed; what was emitted cannot be taken back.
        case failed(any Error, hasEmitted: Bool)
    }

    private let onEvent: EventHandler
    private var finder: CitationFinder
    private var length = 0
    private var (beginning, keptBack) = ("", "")
    private var confidence: AnswerConfidence?
    private var hasEmitted = false
    private var answer: UpstreamAnswer?

    /// The longest answer that is taken, in UTF-8 bytes.
    private static let maximumBytes = 1 << 20

    /// - Parameters:
    ///   - question: The question.
    ///   - assembler: Has the documents that may be cited.
    ///   - onEvent: Gets each event as it comes.
    init(answering question: String, with assembler: AnswerAssembler, onEvent: @escaping EventHandler) {
        self.onEvent = onEvent
        finder = CitationFinder(assembler.documents, question: question)
    }

    /// Emits all that comes.
    ///
    /// Line ends that no text follows are kept back: they are not part of the answer.
    ///
    /// - Returns: The whole answer; or what the events throw, or ``PolicyAssistantError`` where they end without one.
    func stream(_ events: some UpstreamEvents) async -> Ending {
        do {
            for try await event in events {
                if let emitted = try take(event) { await onEvent(emitted) }
                if let answer { return .whole(answer) }
            }
            return ended(PolicyAssistantError.noAnswer)
        } catch {
            return ended(error)
        }
    }

    @inline(never)
    private func ended(_ error: any Error) -> Ending {
        .failed(error, hasEmitted: hasEmitted)
    }

    /// Takes an event of upstream's.
    ///
    /// - Returns: What is to be emitted, if anything.
    @inline(never)
    private func take(_ event: UpstreamEvent) throws(PolicyAssistantError) -> TurnEvent? {
        let emitted: TurnEvent?
        switch event {
        case .text(let piece):
            emitted = try take(piece)
        case .found(let found):
            finder.read(found)
            emitted = nil
        case .citation(let place):
            emitted = finder.citation(of: place).map { .citation($0) }
        case .ended(let answer):
            self.answer = answer
            emitted = nil
        }
        if emitted != nil { hasEmitted = true }
        return emitted
    }

    private func take(_ piece: String) throws(PolicyAssistantError) -> TurnEvent? {
        length += piece.utf8.count
        guard length <= Self.maximumBytes else { throw .answerTooLong }
        finder.read(piece)
        if !keptBack.isEmpty, piece.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
            keptBack += piece
            return nil
        }
        let text = keptBack + piece
        let emitted = text.withoutTrailingLines
        keptBack = String(text[emitted.endIndex...])
        guard !emitted.isEmpty else { return nil }
        guard confidence == nil, beginning.count < AnswerConfidence.maximumCharacters else {
            return .delta(String(emitted))
        }
        beginning += emitted
        confidence = AnswerConfidence(saidBy: beginning)
        return .delta(String(emitted), confidence: confidence)
    }
}
