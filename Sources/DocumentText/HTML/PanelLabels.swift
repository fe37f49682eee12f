internal import Markup

/// Finds the labels of the panels of a web page: the texts of the tabs that show them.
struct PanelLabels {
    /// The labels of panels, by their identifiers.
    private(set) var labels: [String: String] = [:]
    /// The labels of the panels that no tab names, in their order; nil for one without a tab before it.
    private(set) var unnamedLabels: [String?] = []
    private var identifiers: Set<String> = []
    /// The tabs that name no panel and whose panels are still to come.
    private var unnamedTabs: [(number: Int, text: String)] = []
    private var toldUnnamedTabs: Set<Int> = []
    private var tabs: [(number: Int, panel: String)] = []
    private var count = 0
    private var depth = 0
    /// The outermost open list of tabs.
    private var list: List?
    /// The number of open list items.
    private var items = 0
    /// The open tab.
    private var tab: (number: Int, panels: [String], depth: Int, text: String)?

    /// An open list of tabs.
    private struct List {
        let depth: Int
        /// Whether nothing but tabs is in the element.
        let isPure: Bool
        /// The number of tabs before the list.
        let tabs: Int
        /// Whether an element of the list may be a tab of an unknown panel.
        var isUnclear = false
    }

    private static let kinds: Set<String> = ["tab", "pill", "list"]
    private static let listWords: Set<Substring> = ["tabs", "tablist"]
    private static let contentWords: Set<Substring> = ["content", "panel", "panels", "pane", "panes", "body"]
    /// The maximum number of tabs.
    private static let maximumTabs = 10_000
    /// The maximum size of a label in bytes.
    private static let maximumBytes = 200

    /// Records a token, whether a browser shows it or not.
    mutating func record(_ token: MarkupToken) {
        switch token {
        case .start(let name, let attributes):
            count += 1
            depth += 1
            if let id = attributes["id"], !id.isEmpty { identifiers.insert(id) }
            if RevealedPanels.isUnnamedPanel(attributes) {
                let label = unnamedTabs.isEmpty ? nil : unnamedTabs.removeFirst()
                unnamedLabels.append(label?.text)
                if let label { toldUnnamedTabs.insert(label.number) }
            }
            if tab == nil, tabs.count < Self.maximumTabs {
                let panels = panels(of: name, attributes)
                if !panels.isEmpty || RevealedPanels.isUnnamedTab(attributes) {
                    tab = (count, panels, depth, "")
                } else if name == "button" || name == "a" && list?.isPure == true {
                    list?.isUnclear = true
                }
            }
            if name == "li" { items += 1 }
            if list == nil { list = self.list(of: name, attributes) }
        case .text(let run):
            if let open = tab, open.text.utf8.count < Self.maximumBytes { tab?.text += run }
        case .end(let name):
            if let open = tab, open.depth == depth { end(open) }
            if let open = list, open.depth == depth { end(open) }
            if name == "li" { items -= 1 }
            depth -= 1
        case .strayEnd: break
        }
    }

    /// The numbers of the tabs whose labels are told before their panels, in the order of the start tags.
    var toldTabs: Set<Int> {
        Set(tabs.lazy.filter { identifiers.contains($0.panel) && labels[$0.panel] != nil }.map(\.number))
            .union(toldUnnamedTabs)
    }

    private mutating func end(_ open: (number: Int, panels: [String], depth: Int, text: String)) {
        tab = nil
        let text = open.text.onOneLine
        guard !text.isEmpty else { return }
        if open.panels.isEmpty { unnamedTabs.append((open.number, text.shortened(toBytes: Self.maximumBytes))) }
        for panel in open.panels {
            tabs.append((open.number, panel))
            if labels[panel] == nil { labels[panel] = text.shortened(toBytes: Self.maximumBytes) }
        }
    }

    /// The identifiers of the panels that an element shows as a tab.
    private func panels(of name: String, _ attributes: [String: String]) -> [String] {
        guard !attributes.isEmpty else { return [] }
        let kind = attributes["data-bs-toggle"] ?? attributes["data-toggle"]
        let isTab =
            attributes["role"]?.lowercased() == "tab" || kind.map { Self.kinds.contains($0.lowercased()) } ?? false
            || name == "a" && list.map { $0.isPure || items > 0 } ?? false
        if isTab {
            let targets = [attributes["href"], attributes["data-bs-target"], attributes["data-target"]]
                .compactMap { $0 }.filter { $0.hasPrefix("#") && $0.count > 1 }.map { String($0.dropFirst()) }
            return targets.first.map { [$0] } ?? attributes["aria-controls"].map { [$0] } ?? []
        }
        guard name == "button" || name == "a", let action = attributes["onclick"], action.utf8.count < 1_000 else {
            return []
        }
        // The script of a tab names its panel.
        let quoted = action.split(omittingEmptySubsequences: false) { $0 == "'" || $0 == "\"" }
        return quoted.indices.filter { $0 % 2 == 1 }.map { String(quoted[$0]) }
    }

    /// The list of tabs that an element is; nil if it is none.
    private func list(of name: String, _ attributes: [String: String]) -> List? {
        guard !attributes.isEmpty else { return nil }
        let hasRole = attributes["role"]?.lowercased() == "tablist"
        let words = attributes["class"]?.lowercased().split { !$0.isLetter } ?? []
        let isNamed =
            words.contains { Self.listWords.contains($0) } && !words.contains { Self.contentWords.contains($0) }
        guard hasRole || isNamed else { return nil }
        return List(depth: depth, isPure: hasRole || name == "ul" || name == "ol", tabs: tabs.count)
    }

    /// Ends a list; if one of its tabs has no known panel, what follows a panel may be another tab's.
    private mutating func end(_ open: List) {
        list = nil
        guard open.isUnclear else { return }
        for tab in tabs[open.tabs...] { labels[tab.panel] = nil }
        tabs.removeSubrange(open.tabs...)
    }
}
