/// A check of an answer's text, as promptfoo words it.
public struct Assertion: Sendable, Hashable {
    /// The kinds that are checked here; promptfoo has others, which ask a model or run a program.
    enum Kind: String, Sendable, CaseIterable {
        case contains, icontains
        case containsAll = "contains-all"
        case containsAny = "contains-any"
        case icontainsAll = "icontains-all"
        case icontainsAny = "icontains-any"
        case startsWith = "starts-with"
        case equals, regex
    }

    let kind: Kind
    /// Whether the answer has to fail the check, as with `not-contains`.
    let isNegated: Bool
    /// The texts, or the one text or pattern, that are looked for.
    let values: [String]

    /// The assertion as it is shown: its type and what it looks for.
    var description: String {
        let words = values.map { "“\($0)”" }.joined(separator: ", ")
        return "\(isNegated ? "not-" : "")\(kind.rawValue) \(words)"
    }

    /// Whether an answer's text passes.
    func passes(_ answer: String) -> Bool { holds(answer) != isNegated }

    private func holds(_ answer: String) -> Bool {
        switch kind {
        case .contains, .containsAll: values.allSatisfy { answer.contains($0) }
        case .containsAny: values.contains { answer.contains($0) }
        case .icontains, .icontainsAll:
            values.allSatisfy { answer.lowercased().contains($0.lowercased()) }
        case .icontainsAny: values.contains { answer.lowercased().contains($0.lowercased()) }
        case .startsWith: values.allSatisfy { answer.hasPrefix($0) }
        case .equals: values.allSatisfy { $0 == answer }
        case .regex:
            values.allSatisfy { pattern in
                (try? Regex(pattern)).map { answer.firstMatch(of: $0) != nil } ?? false
            }
        }
    }
}
