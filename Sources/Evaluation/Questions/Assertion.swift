/// An assertion about an answer's text, in promptfoo's terms.
public struct Assertion: Sendable, Hashable {
    /// The supported kinds; promptfoo's others ask a model or run a program.
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
    /// Whether the assertion is negated, as in `not-contains`.
    let isNegated: Bool
    /// The texts or the pattern to search for.
    let values: [String]

    /// The assertion's type and values, for reports.
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
