/// A statement of a passage as evidence for what a model writes.
struct CitedStatement: Sendable {
    let claim: Claim
    /// Its stems, with those of the statement that its first word refers back to.
    let ownStems: Set<String>
    /// The stems of the statement that it adds a case to, as `In Oslo it has 37 hours` does; none if it adds none.
    let stemsBefore: Set<String>
    /// Its stems, with those of the statement that it refers back to or adds a case to.
    var wholeStems: Set<String> { ownStems.union(stemsBefore) }
    /// The row of a table that it is, or is part of.
    let row: RowEvidence?

    /// Whether it is known to be in another language than a sentence.
    func isForeign(to other: Claim) -> Bool {
        claim.language != nil && other.language != nil && claim.language != other.language
    }

    /// The share of the words of both that both have.
    func likeness(to other: Claim) -> Double {
        let all = claim.stems.union(other.stems).count
        return all == 0 ? 0 : Double(claim.stems.intersection(other.stems).count) / Double(all)
    }

    /// Whether it does not deny what a sentence says, nor turns a permission into an obligation.
    func agrees(with other: Claim) -> Bool {
        guard claim.isNegated == other.isNegated else { return false }
        if other.permits, !other.obliges, claim.obliges, !claim.permits { return false }
        if other.obliges, !other.permits, claim.permits, !claim.obliges { return false }
        return true
    }

    /// Whether it is about the same thing as another statement: it adds a case to it, or they share three words
    /// and two thirds of those of the shorter, units not counted.
    func isAboutTheSame(as other: CitedStatement, follows: Bool) -> Bool {
        if follows, !stemsBefore.isEmpty { return true }
        let (own, others) = (claim.subjectStems, other.claim.subjectStems)
        let shared = own.intersection(others).count
        return shared > 2 && 3 * shared >= 2 * min(own.count, others.count)
    }
}
