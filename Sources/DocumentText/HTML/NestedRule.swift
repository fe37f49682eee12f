/// A rule of a style sheet that hides or strikes out elements within others: `.old li`, `#archive > p`.
struct NestedRule {
    /// A condition on one element.
    struct Condition {
        /// The name of the element; empty for any.
        var element: String
        var classes: [Substring]
        var identifiers: [Substring]
        /// Whether the element is the parent of the next one, and not only around it.
        var isParent = false

        /// Whether an element fulfils the condition.
        func matches(_ element: NestedRules.Element) -> Bool {
            (self.element.isEmpty || self.element == element.name)
                && classes.allSatisfy { element.classes.contains($0) }
                && identifiers.allSatisfy { element.identifier == $0 }
        }

        /// Whether the condition is only on the name.
        var isGeneral: Bool { classes.isEmpty && identifiers.isEmpty }
    }

    /// The conditions on the elements around it, from the outermost.
    private(set) var outer: [Condition] = []
    /// The condition on the element itself.
    private(set) var inner: Condition
    /// Whether the elements are struck out, and not only without a place on the page.
    let isStruck: Bool

    /// The maximum number of conditions.
    private static let maximumConditions = 8

    /// Parses a selector; nil if it has other conditions, or none on an element around another.
    init?(_ selector: Substring, look: ElementLook) {
        var conditions: [Condition] = []
        let spaced = selector.contains(">") ? selector.replacing(">", with: " > ")[...] : selector
        for part in spaced.split(separator: " ") {
            if part == ">" {
                guard !conditions.isEmpty, !conditions[conditions.count - 1].isParent else { return nil }
                conditions[conditions.count - 1].isParent = true
            } else {
                guard part.allSatisfy({ $0.isLetter || $0.isNumber || "-_.#".contains($0) }) else { return nil }
                let name = part.prefix { $0 != "." && $0 != "#" }
                let keys = StyleSheet.keys(in: part)
                let condition = Condition(
                    element: name.lowercased(),
                    classes: keys.filter { $0.hasPrefix(".") }.map { $0.dropFirst() },
                    identifiers: keys.filter { $0.hasPrefix("#") }.map { $0.dropFirst() }
                )
                conditions.append(condition)
            }
        }
        guard (2...Self.maximumConditions).contains(conditions.count), let inner = conditions.popLast(),
            !inner.isGeneral || conditions.contains(where: { !$0.isGeneral })
        else { return nil }
        self.inner = inner
        outer = conditions
        isStruck = look.isStruck == true
    }

    /// Whether the elements around an element fulfil the conditions.
    ///
    /// - Parameter elements: The elements around it, from the outermost.
    /// - Returns: Whether they do.
    func matches(within elements: ArraySlice<NestedRules.Element>) -> Bool {
        var rest = elements
        for condition in outer.reversed() {
            if condition.isParent {
                guard let parent = rest.last, condition.matches(parent) else { return false }
                rest.removeLast()
            } else {
                guard let position = rest.lastIndex(where: condition.matches) else { return false }
                rest = rest[..<position]
            }
        }
        return true
    }
}
