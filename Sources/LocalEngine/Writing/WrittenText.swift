/// The text of an answer that a model writes, as far as its sentences are supported.
///
/// A sentence is added at once or never: what has been emitted is not taken back. A line that leads into what follows is
/// kept until something supported follows.
struct WrittenText: Sendable {
    /// A part of the answer: text, and the places of the passages that it cites.
    struct Part: Sendable, Hashable {
        let text: String
        /// The places of passages, counted from 0.
        let sources: [Int]
    }

    private let check: SentenceCheck
    private(set) var text = ""
    /// How many sentences were dropped.
    private(set) var dropped = 0
    private var lead: WrittenSentence?
    private var gap = WrittenSentence.Gap.none
    private var lastWasDropped = false
    private var seen: Set<String> = []

    /// Creates an empty text whose sentences are checked.
    init(_ check: SentenceCheck) {
        self.check = check
    }

    /// Adds a sentence.
    ///
    /// - Returns: What to emit; nothing for a sentence that is not supported, refers back to one that was not, or repeats one.
    mutating func add(_ sentence: WrittenSentence) -> [Part] {
        gap = max(gap, sentence.gap)
        if sentence.leadsIn {
            lead = sentence
            lead?.gap = gap
            return []
        }
        let words = Words.all(in: sentence.text)
        let refersBack = Statement.statements(of: sentence.text).first?.leansBack ?? false
        guard seen.insert(words.joined(separator: " ")).inserted else { return [] }
        // A line that only repeats a heading says nothing.
        guard !(refersBack && lastWasDropped), !check.isHeading(sentence),
            let sources = check.support(of: sentence)
        else {
            lastWasDropped = true
            dropped += 1
            return []
        }
        lastWasDropped = false
        var parts: [Part] = []
        if let lead, let own = check.isHeading(lead) ? [] : check.support(of: lead) { parts.append(emit(lead, own)) }
        lead = nil
        parts.append(emit(sentence, sources))
        return parts
    }

    private mutating func emit(_ sentence: WrittenSentence, _ sources: [Int]) -> Part {
        let gap = text.isEmpty ? .none : max(gap, sentence.gap)
        self.gap = .none
        let part = gap.text + (sentence.isItem ? "- " : "") + sentence.text
        text += part
        return Part(text: part, sources: sources)
    }
}
