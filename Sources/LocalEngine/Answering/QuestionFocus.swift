internal import DocumentText

/// The statements that an answer leaves out, as they are about something other than what the question names.
struct QuestionFocus: Sendable {
    private let names: ListedNames
    private let askedNames: Set<String>
    /// The stems of the question, and of the question with those that it continues.
    private let askedStems: [Set<String>]
    /// The words of the question, and of the question with those that it continues, in order.
    private let askedWords: [AskedWords]
    /// The words by which a question that continues others names something; none for one that stands alone.
    private let addedNames: Set<String>
    private let language: TextLanguage?
    private let quantities: [Quantity]
    /// Those that number something, as in `band 6`.
    private let numbered: [Quantity]
    /// The stems of the names of places and groups in the question that no passage found of a file has, by the files.
    private var unknownPlaces: [String: Set<String>] = [:]
    private let asksOfDocuments: Bool
    private let kind: AnswerKind
    private let rowNames: RowNames
    private let tableSelection: TableSelection
    /// The titles of the documents of the passages that are weighed, by their files, as words with blanks between.
    private var titles: [String: Set<String>] = [:]
    private let passages: [ScoredPassage]
    /// Whether a table of the passages that are weighed has a row for a name in the question.
    private var hasNamedRow = false

    /// A title of fewer characters may be any word.
    private static let shortestTitle = 8

    /// Reads what a question names.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - context: The question with the earlier ones that it continues.
    ///   - passages: The passages that are weighed for its answer.
    ///   - found: All passages that were found, which show the names that are listed together.
    ///   - rowNames: The names of rows in the question.
    init(
        of question: String,
        in context: String,
        among passages: [ReadPassage],
        found: [ReadPassage],
        rowNames: RowNames
    ) {
        self.rowNames = rowNames
        tableSelection = TableSelection(for: question, in: context, among: passages)
        names = ListedNames(in: found)
        let named = names.names(in: question)
        askedNames = named.isEmpty ? names.names(in: context) : named
        askedStems = [TableRows.stems(of: question), TableRows.stems(of: context)]
        askedWords = [AskedWords(question), AskedWords(context)]
        addedNames = question == context ? [] : QuestionParts.names(in: question)
        language = TextLanguage(of: question)
        numbered = Quantity.numbered(in: question)
        quantities = Quantity.all(in: question) + numbered
        let capitals = question.split { !$0.isLetter }.filter { $0.first?.isUppercase == true }
        let places = QuestionScope.places(in: question, after: Self.beforePlaces)
            .intersection(capitals.flatMap { TableRows.stems(of: String($0)) })
            .filter { $0.count > 1 && CalendarWords.months[$0] == nil && CalendarWords.weekdays[$0] == nil }
        if !places.isEmpty {
            for passage in found.lazy.map(\.passage) {
                unknownPlaces[passage.fileID, default: places].subtract(passage.stemsWithHeadings)
            }
        }
        kind = AnswerKind(of: question)
        let words = Words.all(in: question)
        asksOfDocuments = words.contains { Self.documentWords.contains($0) || TableRows.versionWords.contains($0) }
        self.passages = passages.map(\.passage)
        for passage in self.passages {
            let named = ([passage.title] + passage.headings.prefix(1)).map { Words.all(in: $0).joined(separator: " ") }
            titles[passage.fileID, default: []].formUnion(named.filter { $0.count >= Self.shortestTitle })
        }
        if !askedNames.isEmpty {
            let tables = passages.lazy.flatMap(\.rows.tablesOfSeveralRows)
            hasNamedRow = tables.contains { hasAskedName($0) }
        }
    }

    /// The words for a document itself.
    static let documentWords: Set<String> = [
        "policy", "policies", "document", "documents", "handbook", "guide", "page", "richtlinie", "richtlinien",
        "dokument", "dokumente", "handbuch", "leitfaden", "merkblatt", "reglement",
    ]

    /// Returns the indices of the statements that the answer leaves out.
    ///
    /// - Parameters:
    ///   - read: The passage.
    ///   - closest: The index of the statement that is closest to the question; nil if that is unknown.
    /// - Returns: The indices; all of them if nothing of the passage may be quoted.
    func leftOut(of read: ReadPassage, closest: Int?) -> Set<Int> {
        let (passage, statements) = (read.passage, read.statements)
        if hasCloserRelative(passage) { return Set(statements.indices) }
        var leftOut = tableSelection.leftOut(of: passage)
        if leftOut.count == statements.count { return leftOut }
        if !asksOfDocuments {
            leftOut.formUnion(read.rows.tables.filter { TableRows.areVersions($0) }.joined().flatMap(\.places))
            if leftOut.count == statements.count { return leftOut }
        }
        let tables = read.rows.tablesOfSeveralRows
        let above = passage.headings + [passage.title]
        if hasNamedRow, askedNames.isDisjoint(with: above.flatMap { Words.all(in: $0) }) {
            leftOut.formUnion(tables.filter { !isNamed($0) && !hasAskedName($0) }.joined().flatMap(\.places))
            if leftOut.count == statements.count { return leftOut }
        }
        if rowNames.leavesOutTables(of: passage) {
            leftOut.formUnion(tables.joined().flatMap(\.places))
            if leftOut.count == statements.count { return leftOut }
        }
        let headings = TableRows.stems(of: passage.headings.joined(separator: "\n"))
        // The row of the earlier question is not meant if the passage has nothing that the further one adds.
        let isOther =
            !addedNames.isEmpty && passage.isIn(language) && passage.stemsWithHeadings.isDisjoint(with: addedNames)
        for table in tables where !isOther && !hasUnknownPlace(for: passage) {
            leftOut.formUnion(otherRows(of: table, below: headings, closest: closest))
        }
        let rows = Set(tables.joined().flatMap(\.places))
        let hasName = !askedNames.isDisjoint(with: Words.all(in: passage.text))
        let others = titles.filter { $0.key != passage.fileID }.values.flatMap { $0 }
        for (place, statement) in statements.enumerated() where !rows.contains(place) {
            let isAboutOthers = hasName && names.isAboutOthers(statement.text, than: askedNames)
            if isAboutOthers || !asksOfDocuments && statement.isAboutItsDocument || statement.refers(toOneOf: others) {
                leftOut.insert(place)
            }
        }
        return leftOut.count < statements.count ? leftOut : []
    }

    /// What is quoted from a passage, below its heading if it may be misunderstood without it.
    func headed(_ text: String, of excerpt: Excerpt, from read: ReadPassage) -> String {
        guard let heading = SectionHeading(of: read.passage),
            heading.isNeeded(above: excerpt, quoted: text, in: read)
                || names.isNamed(in: heading.text) && !names.isNamed(in: text)
        else { return text }
        return heading.lead + "\n" + text
    }

    /// Whether a text that is quoted from a passage leaves in doubt that it answers the question.
    ///
    /// It does if it is about another name than the question, or has no figure although the question asks for one, or no
    /// share or number of days although it asks for that.
    func isDoubtful(_ text: String, from passage: ScoredPassage) -> Bool {
        let whole = ([passage.title] + passage.headings + [text]).joined(separator: "\n")
        if names.isAboutOthers(whole, than: askedNames) { return true }
        guard let fit = Self.fit(of: text, kind) else { return false }
        switch kind {
        case .count(let counted): return fit <= (AnswerKind.isTimeUnit(counted) ? 0.3 : 0)
        case .share: return fit <= 0.3
        case .duration, .amount, .money: return fit == 0
        case .anything, .frequency, .date, .person, .permission: return false
        }
    }

    /// Whether rows that are quoted are of a table without one for a number or a place in the question, or the best statement is
    /// a row of several figures without names.
    ///
    /// - Parameters:
    ///   - best: The place of the best statement.
    ///   - quoted: The places of all statements that are quoted.
    ///   - read: The passage that they are of.
    /// - Returns: Whether they are.
    func lacksRow(_ best: Int, quoted: [Int], of read: ReadPassage) -> Bool {
        read.rows.tablesOfSeveralRows.contains { table in
            let rows = Set(table.flatMap(\.places))
            let isLacking = hasUnknownPlace(for: read.passage) || TableRows.lacks(numbered, in: table)
            return !rows.isDisjoint(with: quoted) && isLacking || rows.contains(best) && table[0].isUnclear
        }
    }

    private func hasUnknownPlace(for passage: ScoredPassage) -> Bool {
        unknownPlaces[passage.fileID].map { !$0.isEmpty } ?? false
    }

    /// The words before the names of places and groups, without those before the name of a company, which is hardly in its
    /// documents.
    private static let beforePlaces: Set<String> = ["in", "for"]

    /// How well a text is of the kind that the question asks for, 0…1; nil if it asks for none.
    func fit(of text: String) -> Double? { Self.fit(of: text, kind) }

    private static func fit(of text: String, _ kind: AnswerKind) -> Double? {
        guard kind != .anything else { return nil }
        return Statement.statements(of: text).map { $0.fits(kind) }.max() ?? 0
    }

    /// Whether a passage is about other names than those asked about while another one of its document is about these.
    private func hasCloserRelative(_ passage: ScoredPassage) -> Bool {
        func text(of passage: ScoredPassage) -> String { (passage.headings + [passage.text]).joined(separator: "\n") }
        guard names.isAboutOthers(text(of: passage), than: askedNames) else { return false }
        return passages.contains {
            $0.fileID == passage.fileID && !askedNames.isDisjoint(with: Words.all(in: text(of: $0)))
        }
    }

    /// Whether a row of a table is for a name in the question.
    private func hasAskedName(_ table: [TableRows.Row]) -> Bool {
        table.contains { !askedNames.isDisjoint(with: Words.all(in: $0.key)) }
    }

    /// Whether a question names rows of a table.
    private func isNamed(_ table: [TableRows.Row]) -> Bool {
        askedWords.contains { !TableRows.named(wordForWordBy: $0, in: table).isEmpty }
            || askedStems.contains { !TableRows.named(by: $0, in: table).isEmpty }
    }

    /// The indices of the rows of a table that the question does not name.
    ///
    /// A single word may be in a row by chance. So the row has to be the one that is closest to the question, or the question
    /// has to have all words of its first cell, or a name that is in it. A name that it has word for word is enough.
    private func otherRows(of table: [TableRows.Row], below headings: Set<String>, closest: Int?) -> Set<Int> {
        guard !TableRows.lacks(numbered, in: table) else { return [] }
        let excluded = TableRows.excluded(by: quantities, in: table)
        func rest(besides places: Set<Int>) -> Set<Int> {
            Set(table.indices.filter { !places.contains($0) }.flatMap { table[$0].places })
        }
        func named(by stems: Set<String>) -> Set<Int> { TableRows.named(by: stems, in: table, below: headings) }
        func isSure(_ place: Int, by stems: Set<String>) -> Bool {
            let row = table[place]
            return closest.map { row.places.contains($0) } ?? false
                || TableRows.isNamedWhole(row, by: stems, in: table)
                || !askedNames.isDisjoint(with: Words.all(in: row.key)) || !addedNames.isDisjoint(with: row.keyStems)
        }
        let own = named(by: askedStems[0])
        let isSureOfOwn = own.contains { isSure($0, by: askedStems[0]) }
        let wordForWord = askedWords.map { TableRows.named(wordForWordBy: $0, in: table) }
        let namedWordForWord = wordForWord[0].isEmpty && !isSureOfOwn ? wordForWord[1] : wordForWord[0]
        // A further question may have a quantity for which the row of the earlier one does not hold.
        if !namedWordForWord.isEmpty, !namedWordForWord.isSubset(of: excluded) {
            return rest(besides: namedWordForWord)
        }
        let stems = askedStems[own.isEmpty ? 1 : 0]
        let all = own.isEmpty ? named(by: stems) : own
        let isNamed = isSureOfOwn || all.contains { isSure($0, by: stems) }
        let kept = Set(isNamed ? Array(all) : Array(table.indices)).subtracting(excluded)
        return kept.isEmpty ? [] : rest(besides: kept)
    }
}
