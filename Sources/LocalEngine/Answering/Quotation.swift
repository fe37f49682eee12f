/// The statements of one passage that an answer quotes.
struct Quotation: Sendable {
    /// Where they are from.
    let evidence: Evidence
    /// Their places in the passage, in order.
    let places: [Int]

    /// The most words that an answer has.
    static let mostWords = 79
    /// The most statements that are quoted, apart from the items of a list.
    private static let mostStatements = 3
    /// The most items of a list that are quoted.
    private static let mostItems = 6
    /// What a further statement must add to what the first covers of the question.
    private static let leastGain = 0.2

    /// Chooses what to quote around the best statement of a passage.
    init(around best: Int, of evidence: Evidence, for question: Question) {
        self.evidence = evidence
        let statements = evidence.statements
        var chosen: Set<Int> = [best]
        func words() -> Int { chosen.reduce(0) { $0 + statements[$1].wordCount } }
        func add(_ place: Int) {
            if words() + statements[place].wordCount <= Self.mostWords { chosen.insert(place) }
        }
        if let lead = Self.lead(of: best, in: statements) { add(lead) }
        if statements[best].leansBack, !statements[best].beginsLine { add(best - 1) }
        if statements[best].leadsIn {
            for place in Self.items(after: best, in: statements).prefix(Self.mostItems) { add(place) }
        }
        let lacksFigure = question.expectation == .figure && !chosen.contains { statements[$0].hasFigure }
        if lacksFigure, best + 1 < statements.count, statements[best + 1].hasFigure { add(best + 1) }
        while chosen.count < Self.mostStatements {
            let others = statements.indices.filter { !chosen.contains($0) && !statements[$0].leadsIn }
            let next = others.max { evidence.gain(of: $0, over: chosen) < evidence.gain(of: $1, over: chosen) }
            guard let next, evidence.gain(of: next, over: chosen) >= Self.leastGain else { break }
            let before = chosen.count
            add(next)
            if chosen.count == before { break }
        }
        places = chosen.sorted()
    }

    /// The quotation as text: sentences follow each other, list items stand below each other.
    var text: String {
        let isList = places.count { evidence.statements[$0].isListItem } > 0 && places.count > 1
        var text = ""
        for place in places {
            let statement = evidence.statements[place]
            let isItem = isList && statement.isListItem && (statement.beginsLine || !places.contains(place - 1))
            if !text.isEmpty { text += isItem ? "\n" : " " }
            text += isItem ? "- " + statement.text : statement.text
        }
        return Self.shortened(text)
    }

    /// How much of the question it covers.
    var coverage: Double { evidence.coverage(of: places) }

    /// The statement that leads into the list that a list item is in.
    private static func lead(of place: Int, in statements: [Statement]) -> Int? {
        guard statements[place].isListItem else { return nil }
        let lead = statements[..<place].lastIndex { !$0.isListItem }
        return lead.flatMap { statements[$0].leadsIn ? $0 : nil }
    }

    private static func items(after place: Int, in statements: [Statement]) -> [Int] {
        statements.indices[(place + 1)...].prefix { statements[$0].isListItem }.map { $0 }
    }

    /// A single statement that is too long ends early, and shows that it does.
    private static func shortened(_ text: String) -> String {
        guard text.wordCount > mostWords else { return text }
        return text.split(separator: " ").prefix(mostWords - 1).joined(separator: " ") + " …"
    }
}
