/// A part of a statement that states a figure, with what restricts the part.
struct StatedValue: Sendable {
    let figures: [Figure]
    /// The words that may tell it from other values (``Qualifiers/marks``), without its own figures.
    let marks: Set<String>

    /// The values of a statement, in order.
    ///
    /// What stands before the first figure restricts the first value if nothing beside it does, as in `In Leipzig, notice is one
    /// month`; a short clause without a figure belongs to the value before it, as in `40 hours in Utrecht and Leipzig`.
    static func all(in claim: Claim) -> [StatedValue] {
        var lead: [String] = []
        var groups: [[String]] = []
        var next: [String] = []
        for clause in claim.clauses {
            let words = Words.all(in: clause)
            if !Figure.all(in: clause, language: claim.language).isEmpty {
                groups.append(next + [clause])
                next = []
            } else if groups.isEmpty {
                lead.append(clause)
            } else if words.count <= 2, words.first.map({ Qualifiers.isPreposition($0) }) != true {
                groups[groups.count - 1].append(clause)
            } else {
                next.append(clause)
            }
        }
        if !groups.isEmpty { groups[groups.count - 1] += next }
        return groups.enumerated().map { place, clauses in
            func marks(_ clauses: [String]) -> Set<String> {
                Qualifiers(of: clauses.joined(separator: ", "), in: claim.language, names: claim.names).marks
            }
            let figures = Figure.all(in: clauses.joined(separator: ", "), language: claim.language)
            let own = marks(clauses)
            return StatedValue(figures: figures, marks: own.isEmpty && place == 0 ? marks(lead) : own)
        }
    }
}
