/// Decides whether passages state the figures of a sentence for what the sentence says of them.
struct FigureCheck: Sendable {
    private let claim: Claim
    private let cited: [CitedPassage]
    private let statements: [CitedStatement]
    /// The stems of the question's words.
    private let question: Set<String>
    /// The words that may tell a value from another, or keep its conditions: those of the sentence and the question.
    private let context: Set<String>

    /// Prepares the check of a sentence.
    ///
    /// - Parameters:
    ///   - claim: The sentence.
    ///   - cited: The passages that it cites.
    ///   - question: The stems of the question's words.
    ///   - context: The words of the sentence and of what is read with it (``Qualifiers/words(of:_:)``).
    init(_ claim: Claim, citing cited: [CitedPassage], question: Set<String>, context: Set<String>) {
        self.claim = claim
        self.cited = cited
        self.question = question
        self.context = context
        statements = cited.flatMap(\.statements)
    }

    /// Whether all figures are stated, and those of different rows are not mixed.
    var holds: Bool { claim.figures.allSatisfy { isStated($0) } && !mixesRows }

    /// Whether the statement that fits a figure's sentence best has the figure, or else the one that alone fits its part best.
    private func isStated(_ figure: Figure) -> Bool {
        let scopes = claim.scopes(of: figure, question: question)
        let having = statements.indices.filter { place in
            statements[place].claim.figures.contains { figure.matches($0) }
                && statements[place].row.map { row in scopes.allSatisfy { row.holds(figure, in: $0) } } ?? true
        }
        guard !having.isEmpty else {
            return cited.contains { $0.isHeaded(by: figure, of: claim) }
        }
        let stating = having.filter { keepsConditions(of: figure, at: $0) && isDistinguished(figure, at: $0) }
            .map { statements[$0] }
        guard !stating.isEmpty else { return false }
        let rivals = statements.filter { item in
            !item.claim.figures.contains { figure.matches($0) }
                && item.claim.figures.contains { $0.unit == figure.unit && $0.isCalendar == figure.isCalendar }
        }
        func most(_ items: [Set<String>], in stems: Set<String>) -> Int {
            items.map { $0.intersection(stems).count }.max() ?? -1
        }
        let (ofStating, ofRivals) = (stating.map(\.wholeStems), rivals.map(\.ownStems))
        // What a figure is a figure of has to be beside it: all words of the sentence but one, or of the figure's part of it.
        let above = cited.reduce(into: Set<String>()) { $0.formUnion($1.heading.stems) }
        func tells(_ stems: Set<String>) -> Bool {
            stating.contains { item in
                item.isForeign(to: claim)
                    || stems.subtracting(item.wholeStems).subtracting(above).count <= 1
            }
        }
        let parts = claim.parts(with: figure).map { Claim($0, in: claim.language).stems }
        guard tells(claim.stems) || parts.contains(where: tells) else { return false }
        if most(ofStating, in: claim.stems) >= most(ofRivals, in: claim.stems) { return true }
        return parts.contains { most(ofStating, in: $0) > most(ofRivals, in: $0) }
    }

    /// Whether the sentence keeps what restricts a figure in a statement.
    ///
    /// Words of another language cannot be compared.
    private func keepsConditions(of figure: Figure, at place: Int) -> Bool {
        let item = statements[place]
        guard item.row == nil, !item.isForeign(to: claim) else { return true }
        let part = item.claim.parts(with: figure).joined(separator: ", ")
        return Qualifiers(of: part, in: item.claim.language, names: []).areKept(by: context)
    }

    /// Whether the sentence tells a figure from the other values that the passages state of the same thing: by what
    /// distinguishes its value, or by stating the other as well.
    private func isDistinguished(_ figure: Figure, at place: Int) -> Bool {
        let item = statements[place]
        guard item.row == nil else { return true }
        let values = StatedValue.all(in: item.claim)
        let own = values.filter { $0.figures.contains { figure.matches($0) } }
        let others = values.filter { !$0.figures.contains { figure.matches($0) } }
        guard
            own.contains(where: { own in
                others.allSatisfy { isTold(figure, own.marks, from: $0, of: item) }
            })
        else { return false }
        let marks = values.reduce(into: Set<String>()) { $0.formUnion($1.marks) }
        return statements.indices.allSatisfy { rival in
            let other = statements[rival]
            guard rival != place, other.row == nil, !other.claim.figures.contains(where: { figure.matches($0) }),
                other.isAboutTheSame(as: item, follows: rival == place + 1)
            else { return true }
            return StatedValue.all(in: other.claim).allSatisfy { isTold(figure, marks, from: $0, of: other) }
        }
    }

    /// Whether the sentence tells a value with some marks from another.
    private func isTold(_ figure: Figure, _ marks: Set<String>, from other: StatedValue, of item: CitedStatement)
        -> Bool
    {
        let rivals = other.figures.filter { figure.rivals($0) }
        guard !rivals.isEmpty, !rivals.allSatisfy({ context.contains("#" + $0.value) }) else { return true }
        func comparable(_ words: Set<String>) -> Set<String> {
            guard item.isForeign(to: claim) else { return words }
            return words.filter { $0.hasPrefix("#") || item.claim.names.contains($0) }
        }
        let own = comparable(marks.subtracting(other.marks).subtracting(["#" + figure.value]))
        let others = comparable(other.marks.subtracting(marks).subtracting(rivals.map { "#" + $0.value }))
        guard own.isEmpty else { return !own.isDisjoint(with: context) }
        return others.isEmpty || !others.isDisjoint(with: context)
    }

    /// Whether the sentence takes its figures from several statements that differ in figures only, as rows of a table do.
    private var mixesRows: Bool {
        let stating = claim.figures.map { figure in
            statements.filter { $0.claim.figures.contains { figure.matches($0) } }
        }
        let rows = Dictionary(grouping: statements, by: \.claim.stems).values.filter { $0.count > 1 }
        return rows.contains { rows in
            let words = rows[0].claim.stems
            let own = zip(claim.figures, stating).filter { $0.1.contains { $0.claim.stems == words } }.map(\.0)
            guard own.count > 1 else { return false }
            return !rows.contains { row in
                own.allSatisfy { figure in row.claim.figures.contains { figure.matches($0) } }
            }
        }
    }
}
