internal import Markup

/// Finds the elements of a web page that the rules for elements within others hide or strike out.
struct NestedRules {
    /// An open element.
    struct Element {
        var name: String
        var classes: [Substring]
        var identifier: Substring?
    }

    /// The numbers of the elements, in the order of the start tags.
    private(set) var found: Set<Int> = []
    /// The rules by a class, the identifier or the name of the elements that they hide.
    private var rulesOfClasses: [Substring: [NestedRule]] = [:]
    private var rulesOfIdentifiers: [Substring: [NestedRule]] = [:]
    private var rulesOfNames: [String: [NestedRule]] = [:]
    private let hasRules: Bool
    private var open: [Element] = []
    private var count = 0
    private var attempts = 0

    /// The maximum number of rules with the same key.
    private static let maximumRulesOfKey = 16
    /// The maximum number of elements around an element that are compared.
    private static let maximumDepth = 64
    /// The maximum number of an element's classes.
    private static let maximumClasses = 32
    /// The maximum number of comparisons of a rule with a page's elements.
    private static let maximumAttempts = 200_000

    /// Creates a search with rules.
    init(_ rules: [NestedRule]) {
        hasRules = !rules.isEmpty
        for rule in rules {
            if let key = rule.inner.classes.first {
                Self.add(rule, to: &rulesOfClasses[key, default: []])
            } else if let key = rule.inner.identifiers.first {
                Self.add(rule, to: &rulesOfIdentifiers[key, default: []])
            } else {
                Self.add(rule, to: &rulesOfNames[rule.inner.element, default: []])
            }
        }
    }

    private static func add(_ rule: NestedRule, to rules: inout [NestedRule]) {
        if rules.count < maximumRulesOfKey { rules.append(rule) }
    }

    /// Records a token, whether a browser shows it or not.
    mutating func record(_ token: MarkupToken) {
        guard hasRules else { return }
        switch token {
        case .start(let name, let attributes):
            count += 1
            let classes = attributes["class"]?.split(maxSplits: Self.maximumClasses, whereSeparator: \.isWhitespace)
            let element = Element(
                name: name,
                classes: classes.map { Array($0.prefix(Self.maximumClasses)) } ?? [],
                identifier: attributes["id"].map { $0[...] }
            )
            if isHidden(element) { found.insert(count) }
            open.append(element)
        case .end: _ = open.popLast()
        case .text, .strayEnd: break
        }
    }

    private mutating func isHidden(_ element: Element) -> Bool {
        let around = open.suffix(Self.maximumDepth)
        let ofIdentifier = element.identifier.flatMap { rulesOfIdentifiers[$0] }
        var candidates = [rulesOfNames[element.name], ofIdentifier]
        for name in element.classes { candidates.append(rulesOfClasses[name]) }
        for rule in candidates.lazy.compactMap(\.self).joined() where attempts < Self.maximumAttempts {
            attempts += 1
            if rule.inner.matches(element), rule.matches(within: around) { return true }
        }
        return false
    }
}
