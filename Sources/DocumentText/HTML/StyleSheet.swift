/// The rules of a style sheet, as far as they name elements by classes, identifiers and the elements around them: `.old`,
/// `p.old`, `#old`, `.old li`.
struct StyleSheet {
    /// A rule for the elements that have a name, classes and an identifier.
    struct Rule {
        /// The name of the elements; empty for any.
        var element = ""
        /// The classes with a full stop and the identifiers with a number sign before them.
        var keys: [String] = []
        var look = ElementLook.plain
        /// The weight of the rule among those for the same element.
        var weight = 0
    }

    private(set) var rules: [Rule] = []
    /// The rules that hide or strike out elements within others.
    private(set) var nestedRules: [NestedRule] = []
    /// The keys of elements that a rule with more conditions shows, as a click on a tab does.
    private(set) var shownKeys: Set<String> = []

    /// The maximum number of rules.
    private static let maximumRules = 20_000
    /// The maximum number of rules for elements within others.
    private static let maximumNestedRules = 5_000
    /// The maximum depth of rules that contain others.
    private static let maximumDepth = 8

    /// Parses a style sheet.
    init(_ text: String) {
        let bytes = Array(Self.withoutComments(text).utf8)
        var position = 0
        // The open groups of rules: whether each is for some screens only.
        var groups: [Bool] = []
        while position < bytes.count, rules.count < Self.maximumRules {
            let end = bytes[position...].firstIndex { "{};".utf8.contains($0) } ?? bytes.count
            guard end < bytes.count else { return }
            let prelude = String(decoding: bytes[position..<end], as: UTF8.self).onOneLine
            position = end + 1
            if bytes[end] == UInt8(ascii: "}") { _ = groups.popLast() }
            guard bytes[end] == UInt8(ascii: "{") else { continue }
            if prelude.hasPrefix("@media"), !prelude.contains("print"), groups.count < Self.maximumDepth {
                groups.append(!["@media screen", "@media all"].contains(prelude))
            } else if prelude.hasPrefix("@") {
                position = Self.endOfBlock(bytes, from: position)
            } else {
                let close = bytes[position...].firstIndex(of: UInt8(ascii: "}")) ?? bytes.count
                let declarations = String(decoding: bytes[position..<close], as: UTF8.self)
                add(prelude, declarations, isConditional: groups.contains(true))
                position = min(close + 1, bytes.count)
            }
        }
    }

    private mutating func add(_ selectors: String, _ declarations: String, isConditional: Bool) {
        var look = ElementLook(declarations: declarations)
        // What is only sometimes shown is taken for shown.
        if isConditional {
            look.isRemoved = look.isRemoved == false ? false : nil
            look.isInvisible = look.isInvisible == false ? false : nil
            look.isStruck = nil
        }
        guard look != .plain else { return }
        for selector in selectors.split(separator: ",") {
            // Google Sheets names the classes of cells within its table.
            let selector = selector.trimmingBlanks.trimmingPrefix(".ritz .waffle ")
            guard var rule = Self.rule(selector) else {
                if look.hides, nestedRules.count < Self.maximumNestedRules, let rule = NestedRule(selector, look: look)
                {
                    nestedRules.append(rule)
                }
                if look.isRemoved == false || look.isInvisible == false { shownKeys.formUnion(Self.keys(in: selector)) }
                continue
            }
            if rule.keys.count > 1, look.isRemoved == false || look.isInvisible == false {
                shownKeys.formUnion(rule.keys)
            }
            rule.look = look
            let identifiers = rule.keys.count { $0.hasPrefix("#") }
            let isImportant = isConditional || declarations.contains("!important")
            rule.weight = (isImportant ? 10_000 : 0) + identifiers * 100 + rule.keys.count
            rules.append(rule)
        }
    }

    /// The rule of a selector such as `p.old`; nil if it has other conditions or no key.
    static func rule(_ selector: Substring) -> Rule? {
        guard selector.allSatisfy({ $0.isLetter || $0.isNumber || "-_.#".contains($0) }) else { return nil }
        let element = selector.prefix { $0 != "." && $0 != "#" }
        let keys = Self.keys(in: selector)
        return keys.isEmpty ? nil : Rule(element: element.lowercased(), keys: keys)
    }

    /// The classes and identifiers that a selector names.
    static func keys(in selector: Substring) -> [String] {
        var keys: [String] = []
        var rest = selector
        while let start = rest.firstIndex(where: { $0 == "." || $0 == "#" }) {
            let name = rest[rest.index(after: start)...].prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
            if !name.isEmpty { keys.append(String(rest[start]) + name) }
            rest = rest[name.endIndex...]
        }
        return keys
    }

    /// The position after the end of a block, whose start is before a position.
    private static func endOfBlock(_ bytes: [UInt8], from start: Int) -> Int {
        var depth = 1
        for position in start..<bytes.count {
            if bytes[position] == UInt8(ascii: "{") { depth += 1 }
            if bytes[position] == UInt8(ascii: "}") { depth -= 1 }
            if depth == 0 { return position + 1 }
        }
        return bytes.count
    }

    /// The style sheet without comments and the marks of HTML comments around it.
    private static func withoutComments(_ text: String) -> String {
        var kept = ""
        var rest = text.replacing("<!--", with: " ").replacing("-->", with: " ")[...]
        while let start = rest.firstRange(of: "/*") {
            kept += rest[..<start.lowerBound] + " "
            guard let end = rest[start.upperBound...].firstRange(of: "*/") else { return kept }
            rest = rest[end.upperBound...]
        }
        return kept + rest
    }
}
