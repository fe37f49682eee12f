internal import Markup

/// The styles of a web page: how its style sheets and style attributes show elements.
///
/// A rule that removes elements is ignored where the page can show them: where another rule does, or where a script names
/// them or changes what is shown. Such are the panels of tabs.
struct PageStyles {
    private var rules: [String: [(rule: StyleSheet.Rule, order: Int)]] = [:]
    private var shownKeys: Set<String> = []
    /// The words of scripts.
    private var scriptWords: Set<Substring> = []
    private var changesLooks = false
    private var ruleCount = 0
    /// The rules for elements within others that no script changes.
    private(set) var nestedRules: [NestedRule] = []

    /// The maximum size of all style sheets, and of all scripts, in bytes.
    private static let maximumBytes = 4 << 20
    /// The maximum number of rules with the same key.
    private static let maximumRulesOfKey = 16
    /// The maximum number of an element's classes.
    private static let maximumClasses = 32
    /// What scripts change looks by.
    private static let changes = ["style.display", "style.visibility", "classList", ".toggle(", "slideDown"]

    /// Reads the style sheets of a page.
    ///
    /// - Parameter page: The page; without style sheets, only style attributes count.
    init(_ page: String = "") {
        guard page.contains("<style") || page.contains("<STYLE") else { return }
        var element = ""
        var sheets = ""
        var scripts = ""
        var hasOtherScripts = false
        HTMLParser.parse(page) { token in
            switch token {
            case .start("style", let attributes):
                let media = attributes["media"]?.lowercased() ?? "all"
                element = ["all", "screen", ""].contains(media) ? "style" : ""
            case .start("script", let attributes):
                element = "script"
                if attributes["src"] != nil { hasOtherScripts = true }
            case .end("style"), .end("script"): element = ""
            case .text(let run):
                if element == "style", sheets.utf8.count + run.utf8.count <= Self.maximumBytes { sheets += run }
                if element == "script", scripts.utf8.count + run.utf8.count <= Self.maximumBytes { scripts += run }
            default: break
            }
        }
        let sheet = StyleSheet(sheets)
        shownKeys = sheet.shownKeys
        scriptWords = Set(scripts.split { !$0.isLetter && !$0.isNumber && $0 != "-" && $0 != "_" })
        changesLooks = Self.changes.contains { scripts.contains($0) }
        for rule in sheet.rules { add(rule) }
        nestedRules = sheet.nestedRules.filter { rule in
            rule.isStruck || !hasOtherScripts && !changesLooks && !isShown(rule.inner)
        }
    }

    /// Whether a rule or a script shows the elements that fulfil a condition.
    private func isShown(_ condition: NestedRule.Condition) -> Bool {
        condition.classes.contains { isShown("." + $0) } || condition.identifiers.contains { isShown("#" + $0) }
    }

    /// Whether a rule or a script shows the elements with a key.
    private func isShown(_ key: String) -> Bool {
        shownKeys.contains(key) || scriptWords.contains(key.dropFirst())
    }

    private mutating func add(_ rule: StyleSheet.Rule) {
        var rule = rule
        if changesLooks || rule.keys.contains(where: isShown) {
            if rule.look.isRemoved == true { rule.look.isRemoved = nil }
            if rule.look.isInvisible == true { rule.look.isInvisible = nil }
        }
        guard rule.look != .plain, let key = rule.keys.first, rules[key, default: []].count < Self.maximumRulesOfKey
        else {
            return
        }
        rules[key, default: []].append((rule, ruleCount))
        ruleCount += 1
    }

    /// How an element is shown, apart from what its name says.
    func look(of name: String, _ attributes: [String: String]) -> ElementLook {
        guard !attributes.isEmpty else { return .plain }
        let inline = attributes["style"].map { ElementLook(declarations: $0) } ?? .plain
        guard !rules.isEmpty, attributes["class"] != nil || attributes["id"] != nil else { return inline }
        let classes = (attributes["class"] ?? "").split(maxSplits: Self.maximumClasses, whereSeparator: \.isWhitespace)
        var keys = Set(classes.prefix(Self.maximumClasses).map { "." + $0 })
        if let id = attributes["id"] { keys.insert("#" + id) }
        let matching = keys.flatMap { rules[$0] ?? [] }
            .filter { ($0.rule.element.isEmpty || $0.rule.element == name) && keys.isSuperset(of: $0.rule.keys) }
            .sorted { ($0.rule.weight, $0.order) < ($1.rule.weight, $1.order) }
        var look = ElementLook.plain
        for match in matching { look.apply(match.rule.look) }
        look.apply(inline)
        return look
    }
}
