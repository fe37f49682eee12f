internal import Markup

/// Finds the panels of a web page that its controls show: a tab, or the button of an accordion, names its panel.
///
/// Such a panel is hidden only until a reader opens it, unless its control is hidden as well.
struct RevealedPanels {
    /// The identifiers of the panels, and of the tabs that name no panel but are named by one.
    private(set) var identifiers: Set<String> = []
    /// Whether there are tabs that name no panel, as those of some site generators.
    private var hasUnnamedTabs = false

    private static let toggles: Set<String> = ["tab", "pill", "list", "collapse"]
    /// The roles of elements that are shown over a page.
    private static let otherRoles: Set<String> = [
        "listbox", "menu", "dialog", "alertdialog", "tooltip", "tree", "grid",
    ]
    /// The maximum number of panels.
    private static let maximumPanels = 10_000

    /// No panels.
    init() {}

    /// Finds the panels of a page.
    init(_ page: String, styles: PageStyles) {
        guard
            page.contains("aria-controls") || page.contains("data-toggle") || page.contains("data-bs-toggle")
                || page.contains("tabpanel")
        else { return }
        // Whether each open element is hidden with all that it holds.
        var open: [Bool] = []
        HTMLParser.parse(page) { token in
            switch token {
            case .start(let name, let attributes):
                let isHidden = open.last == true || Self.isHidden(name, attributes, styles)
                open.append(isHidden)
                if !isHidden, identifiers.count < Self.maximumPanels { record(name, attributes) }
            case .end: _ = open.popLast()
            case .text, .strayEnd: break
            }
        }
    }

    /// Whether an element is a panel that a control shows.
    func contain(_ attributes: [String: String]) -> Bool {
        guard !identifiers.isEmpty || hasUnnamedTabs else { return false }
        let role = attributes["role"]?.lowercased() ?? ""
        guard !Self.otherRoles.contains(role) else { return false }
        if let id = attributes["id"], identifiers.contains(id) { return true }
        if hasUnnamedTabs, Self.isUnnamedPanel(attributes) { return true }
        return role == "tabpanel" && attributes["aria-labelledby"].map { identifiers.contains($0) } ?? false
    }

    /// Whether an element is a panel that no tab names, nor it a tab.
    static func isUnnamedPanel(_ attributes: [String: String]) -> Bool {
        attributes["role"]?.lowercased() == "tabpanel" && attributes["id"] == nil
            && attributes["aria-labelledby"] == nil
    }

    /// Whether an element is a tab that names no panel.
    static func isUnnamedTab(_ attributes: [String: String]) -> Bool {
        attributes["role"]?.lowercased() == "tab"
            && ["id", "aria-controls", "href", "data-bs-target", "data-target"].allSatisfy { attributes[$0] == nil }
    }

    private mutating func record(_ name: String, _ attributes: [String: String]) {
        let role = attributes["role"]?.lowercased()
        guard name == "button" || name == "a" || role == "tab" || role == "button",
            ["false", nil].contains(attributes["aria-haspopup"])
        else { return }
        if Self.isUnnamedTab(attributes) { hasUnnamedTabs = true }
        if role == "tab", let id = attributes["id"] { identifiers.insert(id) }
        if let panels = attributes["aria-controls"] {
            identifiers.formUnion(panels.split(whereSeparator: \.isWhitespace).map { String($0) })
        }
        guard let toggle = attributes["data-bs-toggle"] ?? attributes["data-toggle"],
            Self.toggles.contains(toggle.lowercased()),
            let target = attributes["data-bs-target"] ?? attributes["data-target"] ?? attributes["href"],
            target.hasPrefix("#")
        else { return }
        identifiers.insert(String(target.dropFirst()))
    }

    private static func isHidden(_ name: String, _ attributes: [String: String], _ styles: PageStyles) -> Bool {
        guard !attributes.isEmpty else { return false }
        if let hidden = attributes["hidden"], hidden.lowercased() != "until-found" { return true }
        let look = styles.look(of: name, attributes)
        return look.isRemoved == true || look.isInvisible == true
    }
}
