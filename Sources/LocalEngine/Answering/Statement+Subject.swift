extension Statement {
    /// Whether the statement only says what its document is about: `This policy describes how …`.
    var isAboutItsDocument: Bool {
        guard let noun = words.prefix(4).firstIndex(where: { Self.documentNouns.contains($0) }), noun > 0,
            words[..<noun].contains(where: { Self.demonstratives.contains($0) })
        else { return false }
        return words[(noun + 1)...].prefix(2).contains { Self.verbsOfSaying.contains($0) }
    }

    /// Whether the statement only names the document, by one of some titles, in which something is said.
    ///
    /// `as described in …` and `see …` only stand beside what is said here.
    func refers(toOneOf titles: [String]) -> Bool {
        let verbs = words.indices.filter { Self.verbsOfReference.contains(words[$0]) }
        guard let verb = verbs.first, verb > 0, !["as", "wie"].contains(words[verb - 1]) else { return false }
        let text = " " + words.joined(separator: " ") + " "
        return titles.contains { text.contains(" \($0) ") }
    }

    private static let demonstratives: Set<String> = ["this", "our", "diese", "dieses", "dieser"]
    private static let documentNouns: Set<String> = [
        "policy", "document", "page", "section", "handbook", "guide", "guideline", "chapter", "code", "manual",
        "richtlinie", "dokument", "seite", "abschnitt", "kapitel", "handbuch", "leitfaden", "merkblatt", "reglement",
        "erganzung",
    ]
    private static let verbsOfSaying: Set<String> = [
        "says", "describes", "explains", "covers", "lists", "states", "sets", "outlines", "summarizes", "summarises",
        "defines", "tells", "beschreibt", "erklart", "regelt", "fasst", "erlautert", "enthalt", "listet", "legt",
    ]
    private static let verbsOfReference: Set<String> = [
        "described", "set", "explained", "listed", "defined", "governed", "beschrieben", "beschreibt", "geregelt",
        "regelt", "erklart",
    ]
}
