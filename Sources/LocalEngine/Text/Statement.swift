internal import DocumentText

/// A sentence, list item or table row of a passage: the smallest thing that an answer quotes.
struct Statement: Sendable {
    /// The text, without a list item's bullet.
    let text: String
    /// Whether the statement is, or is part of, a list item.
    let isListItem: Bool
    /// Whether the statement is a row of a table.
    let isRow: Bool
    /// Whether the statement begins a line of the passage.
    let beginsLine: Bool
    /// Its words, in order.
    let words: [String]
    /// The stems of its words, in order.
    let stems: [String]
    /// How long it is.
    let wordCount: Int
    /// The stems of the words that are not there only to hold it together.
    let contentStems: Set<String>

    /// Whether the statement leads into what follows it.
    var leadsIn: Bool { text.last == ":" }

    /// Whether the statement may be the caption of a table below it: a line that is no sentence.
    var isCaption: Bool { beginsLine && !isListItem && !isRow && text.last.map { !".!?".contains($0) } == true }

    /// Whether the statement makes sense only with the one before it.
    var leansBack: Bool { words.first.map { Self.backReferences.contains($0) } ?? false }

    /// Whether the statement may be misunderstood without the one before it: one of its first words refers to something there.
    ///
    /// At the beginning of a line only the first words tell.
    var refersBack: Bool {
        guard let first = words.first, !isRow else { return false }
        if leansBack || Self.connectives.contains(first) { return true }
        if words.count > 1, Self.prepositions.contains(first), Self.demonstratives.contains(words[1]) { return true }
        return !beginsLine && (isElliptic || words.prefix(Self.wordsOfSubject).contains { Self.pronouns.contains($0) })
    }

    /// Whether a verb stands for what the sentence before says, as in `First class is not, unless …` and `Nurses may do so`.
    private var isElliptic: Bool {
        text.split { ",.;!".contains($0) }.contains { clause in
            let words = Words.all(in: String(clause))
            if zip(words, words.dropFirst()).contains(where: { Self.auxiliaries.contains($0) && $1 == "so" }) {
                return true
            }
            guard let last = words.last else { return false }
            if last == "not" { return words.dropLast().last.map { Self.auxiliaries.contains($0) } ?? false }
            return Self.auxiliaries.contains(last) && !words.contains { Self.subordinators.contains($0) }
        }
    }

    /// Whether the statement begins with a name and a colon.
    var beginsWithName: Bool {
        text.firstRange(of: ": ").map { text[..<$0.lowerBound].wordCount <= Self.maximumWordsOfName } ?? false
    }
    private static let maximumWordsOfName = 6

    /// Whether the statement begins an example.
    var isExample: Bool { words.prefix(Self.wordsOfSubject).contains { LimitWords.examples.contains($0) } }

    /// Whether the statement takes something out of what another one of its passage says.
    ///
    /// A condition such as `unless it is cheaper` does so only if the statement begins with it, is about the same, or refers to
    /// another one.
    func limits(_ other: Statement) -> Bool {
        if words.contains(where: { LimitWords.exceptions.contains($0) }) { return true }
        if words.contains(where: { LimitWords.negations.contains($0) }),
            words.contains(where: { LimitWords.ofHolding.contains($0) })
        {
            return true
        }
        guard let condition = words.firstIndex(where: { LimitWords.conditions.contains($0) }) else { return false }
        return condition == 0 || refersBack || !contentStems.isDisjoint(with: other.contentStems)
    }

    /// The statements of a passage, in order.
    static func statements(of passage: String) -> [Statement] {
        let lines = passage.split(separator: "\n")
        let rows = RowLines.places(among: lines)
        return lines.enumerated().flatMap { number, line in
            let isListItem = line.hasPrefix("- ")
            let isRow = rows.contains(number)
            let text = String(isListItem ? line.dropFirst(2) : line)
            let sentences = isRow ? [text] : SentenceSplitter.sentences(of: text)
            return sentences.enumerated().map { place, sentence in
                let words = Words.all(in: sentence)
                return Statement(
                    text: sentence,
                    isListItem: isListItem,
                    isRow: isRow,
                    beginsLine: place == 0,
                    words: words,
                    stems: words.map { WordStem.of($0) },
                    wordCount: sentence.wordCount,
                    contentStems: Set(words.filter { !StopWords.contains($0) }.map { WordStem.of($0) })
                )
            }
        }
    }

    private static let backReferences = demonstratives.union(
        set("it they he she otherwise however er es sie dabei dafur dazu davon andernfalls jedoch")
    )
    private static let demonstratives = set(
        "this these that those such dies diese dieser dieses diesem diesen solche solchen solcher"
    )
    private static let connectives = pronouns.union(
        set(
            """
            therefore thus then there here afterwards instead besides also dann danach dort hier daher deshalb deswegen \
            stattdessen ausserdem zudem auch darin daran damit darauf daruber hierfur hierzu hiervon
            """
        )
    )
    private static let auxiliaries = set(
        "is are was were do does did may might can could must will would has have had should isnt arent dont doesnt cannot"
    )
    private static let subordinators = set("who what which as how where when than that whether if because")
    private static let prepositions = set(
        "in for to of with from on by after before during bei fur nach mit von vor aus zu auf"
    )
    /// A pronoun among so many words at the beginning is likely to stand for what the sentence before is about.
    private static let wordsOfSubject = 5
    private static let pronouns = set("it its they them their he his she er ihn ihm deren dessen")

    private static func set(_ words: String) -> Set<String> { Set(words.split(separator: " ").map { String($0) }) }
}
