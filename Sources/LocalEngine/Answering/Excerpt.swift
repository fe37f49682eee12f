internal import DocumentText

/// The statements of a passage that are quoted around the best one: what it needs to be understood, the list or table that it
/// is in, what limits it, and the next best ones.
struct Excerpt: Sendable {
    /// The places of the statements, in order.
    let places: [Int]
    /// Whether it has fewer than half of the rows that may be quoted.
    let isSmallPartOfTable: Bool

    /// The maximum number of words of an answer.
    static let maximumWords = 79
    /// The maximum number of statements that are quoted, apart from those of the list or table of the best one.
    private static let maximumStatements = 4

    /// Chooses what to quote around a statement.
    ///
    /// - Parameters:
    ///   - best: The place of the statement.
    ///   - statements: The statements of the passage.
    ///   - scores: What each of them is worth; minus infinity for what is not to be quoted.
    ///   - maximumWords: How many words may be quoted, if the best statement is not longer by itself.
    init(around best: Int, in statements: [Statement], worth scores: [Double], maximumWords: Int) {
        var chosen: Set<Int> = [best]
        /// Adds statements, all or none.
        func add(_ places: some Collection<Int>) -> Bool {
            let all = chosen.union(places)
            guard all.reduce(0, { $0 + statements[$1].wordCount }) <= maximumWords else { return false }
            chosen = all
            return true
        }
        let context = statements.context(of: best)
        if !add(context), let closest = context.last { _ = add([closest]) }
        let run = statements.run(around: best).filter { scores[$0] > -.infinity }
        let isWhole = add(run)
        if !isWhole, statements[best].leadsIn { for place in run { _ = add([place]) } }
        for place in statements.indices
        where !chosen.contains(place) && scores[place] > -.infinity && statements[place].limits(statements[best]) {
            _ = add(statements.context(of: place) + [place])
        }
        let quotable = statements.indices.filter { scores[$0] > -.infinity }
        // A short section is quoted whole.
        if !add(quotable) {
            let others = quotable.filter { !chosen.contains($0) && !statements[$0].leadsIn }
            for place in others.sorted(by: { scores[$0] > scores[$1] }) where chosen.count < Self.maximumStatements {
                let context = statements.context(of: place)
                guard context.allSatisfy({ scores[$0] > -.infinity }) else { continue }
                let ownRun = statements.run(around: place)
                if add(context + [place] + ownRun.filter { scores[$0] > -.infinity }) { continue }
                // A row says nothing without its table, or the statement above it.
                if !statements[place].isRow || ownRun.contains(best) || ownRun.lowerBound == best + 1 {
                    _ = add(context + [place])
                }
            }
            for gap in statements.gaps(between: chosen) where gap.allSatisfy({ scores[$0] > -.infinity }) {
                _ = add(gap)
            }
        }
        places = chosen.sorted()
        isSmallPartOfTable = statements[best].isRow && run.count > 2 * run.count { chosen.contains($0) }
    }

    /// The statements as text: each paragraph, list item and row of a table begins a line.
    ///
    /// What is left out between two sentences or two items of a list shows as `…`, and so does the end of a statement that is
    /// too long by itself.
    func text(from statements: [Statement]) -> String {
        let isList = places.count > 1 && places.contains { statements[$0].isListItem }
        var text = ""
        var last: Int?
        for place in places {
            let statement = statements[place]
            let followsOn = last == place - 1
            let isItem = isList && statement.isListItem && (statement.beginsLine || !followsOn)
            if let last {
                if !followsOn, !statement.isRow, !statements[last].isRow {
                    let isInList = statements.run(around: place).contains(last)
                    text += isInList ? "\n…" : statement.isListItem ? "" : " …"
                }
                let beginsLine = isItem || statements[(last + 1)...place].contains { $0.beginsLine }
                text += beginsLine ? "\n" : " "
            }
            text += isItem ? "- " + statement.text : statement.text
            last = place
        }
        guard text.wordCount > Self.maximumWords else { return text }
        return text.split(separator: " ").prefix(Self.maximumWords - 1).joined(separator: " ") + " …"
    }
}

extension [Statement] {
    /// The places of what a statement needs to be understood: the sentences that it refers back to, the name at the beginning of
    /// its list item, and the words that lead into its list or table.
    func context(of place: Int) -> [Int] {
        var context: Set<Int> = []
        var current = place
        let isListItem = self[place].isListItem
        while context.count < Self.maximumContext, current > 0, self[current].refersBack,
            !isListItem || !self[current].beginsLine
        {
            current -= 1
            guard !self[current].isRow else { break }
            context.insert(current)
        }
        if isListItem {
            if let start = self[...place].lastIndex(where: \.beginsLine), start < place, self[start].beginsWithName {
                context.insert(start)
            }
            let lead = self[..<place].lastIndex { !$0.isListItem }
            if let lead, self[lead].leadsIn { context.insert(lead) }
        }
        if self[place].isRow, let above = self[..<place].lastIndex(where: { !$0.isRow }),
            self[above].leadsIn || self[above].isCaption
        {
            context.insert(above)
        }
        return context.sorted()
    }

    /// The places of the list or the rows that a statement is in, or leads into; none if it is in none.
    func run(around place: Int) -> Range<Int> {
        let start = self[place].leadsIn ? place + 1 : place
        guard start < count, self[start].isListItem || self[start].isRow else { return place..<place }
        let isRow = self[start].isRow
        func isAlike(_ statement: Statement) -> Bool {
            isRow ? statement.isRow : statement.isListItem && !statement.isRow
        }
        let first = self[..<start].lastIndex { !isAlike($0) }.map { $0 + 1 } ?? 0
        let end = self[start...].firstIndex { !isAlike($0) } ?? count
        return first..<end
    }

    /// The places between some others, gap by gap, the shortest first.
    fileprivate func gaps(between places: Set<Int>) -> [Range<Int>] {
        let places = places.sorted()
        let gaps = zip(places, places.dropFirst()).map { ($0 + 1)..<$1 }
        return gaps.filter { !$0.isEmpty }.sorted { $0.count < $1.count }
    }

    /// How many statements before another one it may need to be understood.
    private static var maximumContext: Int { 3 }
}
