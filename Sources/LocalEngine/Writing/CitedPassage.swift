/// A passage as evidence for what a model writes.
struct CitedPassage: Sendable {
    /// The title and the headings, without their numbers.
    let heading: Claim
    let statements: [CitedStatement]
    let plainText: String
    let words: Set<String>

    /// Reads a passage.
    ///
    /// - Parameters:
    ///   - source: The passage.
    ///   - fallback: The language to assume if the text does not show its own.
    init(_ source: WritingSource, _ fallback: TextLanguage?) {
        let language = TextLanguage(of: source.text, fewest: 2) ?? fallback
        let above = ([source.title] + source.headings).joined(separator: ". ")
        let unnumbered = ([source.title] + source.headings).map {
            String($0.trimmingPrefix(/\s*[0-9]+(?:\.[0-9]+)*[.)]?\s+(?=\p{L})/))
        }
        heading = Claim(unnumbered.joined(separator: ". "), in: language)
        let whole = [above, source.text, source.quotable ?? ""].joined(separator: "\n")
        plainText = whole.lowercased()
        words = Set(Words.all(in: whole))
        var items: [CitedStatement] = []
        var lead: Set<String> = []
        let statements = Statement.statements(of: source.text)
        let rows = RowEvidence.rows(among: statements, in: language)
        for (place, statement) in statements.enumerated() {
            let claim = Claim(statement.text, in: language)
            var own = claim.stems
            let before = items.last?.ownStems ?? []
            if statement.leansBack { own.formUnion(before) }
            if statement.isListItem { own.formUnion(lead) } else { lead = statement.leadsIn ? claim.stems : [] }
            items.append(
                CitedStatement(
                    claim: claim,
                    ownStems: own,
                    stemsBefore: Self.addsCase(statement) ? before : [],
                    row: rows[place]
                )
            )
        }
        self.statements = items
    }

    /// Whether a statement adds a case to the one before it, as in `In Oslo it has 37 hours`.
    private static func addsCase(_ statement: Statement) -> Bool {
        let words = Array(statement.words.prefix(6))
        let isSubject = words.indices.contains { place in
            ["it", "they", "es"].contains(words[place]) && (place == 0 || words[place - 1] != "gibt")
        }
        return isSubject && Qualifiers.isPreposition(words.first ?? "")
    }

    /// Whether the title or a heading states a figure for all statements below: of a unit, a date, a year, or after a word
    /// that the sentence has as well, as in `Grade 3`.
    func isHeaded(by figure: Figure, of claim: Claim) -> Bool {
        guard heading.figures.contains(where: { figure.matches($0) && $0.unit == figure.unit }) else {
            return false
        }
        if figure.unit != nil || figure.isCalendar || figure.value.wholeMatch(of: /(?:19|20)[0-9]{2}/) != nil {
            return true
        }
        return heading.text.matches(of: /(\p{L}+) ([0-9]+)/).contains { match in
            String(match.output.2) == figure.value
                && Words.all(in: match.output.1).contains { claim.stems.contains(WordStem.of($0)) }
        }
    }
}
