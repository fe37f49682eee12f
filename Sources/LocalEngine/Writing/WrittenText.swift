/// The text of an answer that a model writes, as far as its sentences are supported.
///
/// What has been emitted is not taken back, so a sentence is emitted only when it is known to be supported. A line that leads into what follows is
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
    /// Whether what was emitted misleads without what was dropped: a sentence that restricts it, or an item of its list.
    private(set) var isMisleading = false
    /// A sentence that nothing supports without the next one.
    private var waiting: WrittenSentence?
    /// Whether the last sentence that was emitted is an item of a list.
    private var lastWasItem = false
    /// Whether an item of a list was dropped since.
    private var lostItem = false
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
    /// A sentence that nothing supports waits for the next one, which may add the condition or the other value that it lacks.
    ///
    /// - Returns: What to emit; nothing for a sentence that is not supported, refers back to one that was not, or repeats one.
    mutating func add(_ sentence: WrittenSentence) -> [Part] {
        var sentence = sentence
        gap = max(gap, sentence.gap)
        sentence.gap = gap
        if sentence.leadsIn {
            endWaiting()
            lead = sentence
            return []
        }
        let words = Words.all(in: sentence.text)
        guard seen.insert(words.joined(separator: " ")).inserted else { return [] }
        let refersBack = Statement.statements(of: sentence.text).first?.leansBack ?? false
        // A line that only repeats a heading says nothing.
        let isIdle = check.isHeading(sentence) || refersBack && lastWasDropped && waiting == nil
        if !isIdle, let sources = check.support(of: sentence) {
            var parts: [Part] = []
            if let first = waiting, let own = check.support(of: first, before: sentence) {
                waiting = nil
                parts = emitWithLead(first, own)
            }
            let isLost = refersBack && waiting != nil
            endWaiting()
            guard !isLost else {
                drop(sentence)
                return []
            }
            return parts + emitWithLead(sentence, sources)
        }
        endWaiting()
        if isIdle {
            drop(sentence)
        } else {
            waiting = sentence
        }
        return []
    }

    /// Ends the text: a sentence that still waits is dropped.
    mutating func finish() { endWaiting() }

    private mutating func endWaiting() {
        waiting.map { drop($0) }
        waiting = nil
    }

    private mutating func drop(_ sentence: WrittenSentence) {
        lastWasDropped = true
        dropped += 1
        let first = Words.all(in: sentence.text).first ?? ""
        if !text.isEmpty, sentence.isItem ? lastWasItem : Self.restricting.contains(first) { isMisleading = true }
        lostItem = sentence.isItem
    }

    private mutating func emitWithLead(_ sentence: WrittenSentence, _ sources: [Int]) -> [Part] {
        if sentence.isItem, lostItem { isMisleading = true }
        (lastWasDropped, lostItem, lastWasItem) = (false, false, sentence.isItem)
        var parts: [Part] = []
        if let lead, let own = check.isHeading(lead) ? [] : check.support(of: lead) { parts.append(emit(lead, own)) }
        lead = nil
        return parts + [emit(sentence, sources)]
    }

    private mutating func emit(_ sentence: WrittenSentence, _ sources: [Int]) -> Part {
        let gap = text.isEmpty ? .none : max(gap, sentence.gap)
        self.gap = .none
        let part = gap.text + (sentence.isItem ? "- " : "") + sentence.text
        text += part
        return Part(text: part, sources: sources)
    }

    /// What begins a sentence that restricts what was said before it.
    private static let restricting = Set(
        """
        but however except unless only though although otherwise exceptions aber jedoch allerdings doch außer ausser nur \
        ausgenommen andernfalls ausnahmen
        """.split(whereSeparator: \.isWhitespace).map { String($0) }
    )
}
