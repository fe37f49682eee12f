internal import Markup

/// The outline of a web page, from a first pass: whether a main element has its text, which tables are for layout, and
/// which elements are menus.
struct PageOutline {
    /// The main element.
    private(set) var main = MainElement()
    /// The numbers of the layout tables, in the order of the start tags.
    private(set) var layoutTables: Set<Int> = []
    /// The menus that are no `nav` elements.
    private(set) var menus = LinkMenus()
    /// The footer of the page and its notices of cookies.
    private(set) var clutter = PageClutter()
    /// The elements that are hidden or struck out within others.
    private(set) var nested = NestedRules([])
    /// The labels of the panels that tabs show.
    private(set) var panels = PanelLabels()
    /// The hidden panels that a reader can open.
    let revealed: RevealedPanels
    /// The limit of the markup that the page exceeds.
    private(set) var exceededLimit: MarkupLimit?

    /// Analyzes a page.
    ///
    /// - Parameters:
    ///   - text: The page.
    ///   - styles: The styles of the page.
    init(_ text: String, styles: PageStyles) {
        revealed = RevealedPanels(text, styles: styles)
        var hidden = HiddenMarkup(styles: styles, revealed: revealed)
        nested = NestedRules(styles.nestedRules)
        var count = 0
        var open: [TableOutline] = []
        exceededLimit = HTMLParser.parse(text) { token in
            if case .start("table", _) = token { count += 1 }
            let isHidden = hidden.contains(token)
            panels.record(token)
            nested.record(token)
            menus.record(token, isHidden: isHidden)
            clutter.record(token, isHidden: isHidden)
            guard !isHidden else { return }
            main.record(token)
            switch token {
            case .start("table", let attributes):
                if !open.isEmpty { open[open.count - 1].addNestedTable() }
                var table = TableOutline(number: count)
                table.isNamedLayout = ["presentation", "none"].contains(attributes["role"]?.lowercased())
                open.append(table)
            case .start("tr", _): if !open.isEmpty { open[open.count - 1].beginRow() }
            case .start("th", let attributes), .start("td", let attributes):
                let width = attributes["colspan"].flatMap { Int($0) } ?? 1
                let isHeader = if case .start("th", _) = token { true } else { false }
                if !open.isEmpty { open[open.count - 1].beginCell(isHeader: isHeader, width: width) }
            case .start("h1", _), .start("h2", _), .start("h3", _), .start("h4", _), .start("h5", _), .start("h6", _):
                if !open.isEmpty { open[open.count - 1].addHeading() }
            case .end("table"):
                if let table = open.popLast(), table.isLayout { layoutTables.insert(table.number) }
            case .text(let run): if !open.isEmpty { open[open.count - 1].add(run) }
            case .start, .end, .strayEnd: break
            }
        }
    }
}
