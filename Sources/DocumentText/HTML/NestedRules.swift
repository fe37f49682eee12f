internal import Markup

/// Finds the elements of a web page that the rules for elements within others hide or strike out.
struct NestedRules {
    /// An open element.
    struct Element {
        var name: String
        /// The classes with a full stop and the identifier with a number sign before them.
        var keys: Set<String>
    }

    /// The numbers of the elements, in the order of the start tags.
    private(set) var found: Set<Int> = []
    /// The rules by a key, or the name, of the elements that they hide.
    private let rules: [String: [NestedRule]]
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
    private static let maximumAttempts = 1_000_000

    /// Creates a search with rules.
    init(_ rules: [NestedRule]) {
        var indexed: [String: [NestedRule]] = [:]
        for rule in rules {
            let key = rule.inner.keys.first ?? rule.inner.element
            if indexed[key, default: []].count < Self.maximumRulesOfKey { indexed[key, default: []].append(rule) }
        }
        self.rules = indexed
    }

    /// Records a token, whether a browser shows it or not.
    mutating func record(_ token: MarkupToken) {
        guard !rules.isEmpty else { return }
        switch token {
        case .start(let name, let attributes):
            count += 1
            let classes = (attributes["class"] ?? "").split(
                maxSplits: Self.maximumClasses,
                whereSeparator: \.isWhitespace
            )
            var keys = Set(classes.prefix(Self.maximumClasses).map { "." + $0 })
            if let id = attributes["id"] { keys.insert("#" + id) }
            let element = Element(name: name, keys: keys)
            if isHidden(element) { found.insert(count) }
            open.append(element)
        case .end: _ = open.popLast()
        case .text, .strayEnd: break
        }
    }

    private mutating func isHidden(_ element: Element) -> Bool {
        let around = open.suffix(Self.maximumDepth)
        for key in element.keys.union([element.name]) {
            for rule in rules[key] ?? [] where attempts < Self.maximumAttempts {
                attempts += 1
                if rule.inner.matches(element), rule.matches(within: around) { return true }
            }
        }
        return false
    }
}
