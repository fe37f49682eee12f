internal import Markup

/// The outline of a web page, from a first pass: whether it has a main element, which tables are for layout, and which
/// elements are menus.
struct PageOutline {
    /// Whether the page has a main element.
    private(set) var hasMain = false
    /// The numbers of the layout tables, in the order of the start tags.
    private(set) var layoutTables: Set<Int> = []
    /// The menus that are no `nav` elements.
    private(set) var menus = LinkMenus()
    /// The labels of the panels that tabs show.
    private(set) var panels = PanelLabels()
    /// The limit of the markup that the page exceeds.
    private(set) var exceededLimit: MarkupLimit?

    /// Analyzes a page.
    ///
    /// - Parameters:
    ///   - text: The page.
    ///   - styles: The styles of the page.
    init(_ text: String, styles: PageStyles) {
        var hidden = HiddenMarkup(styles: styles)
        var count = 0
        // The open tables: their numbers, and whether they have a header cell.
        var open: [(number: Int, hasHeader: Bool)] = []
        exceededLimit = HTMLParser.parse(text) { token in
            if case .start("table", _) = token { count += 1 }
            let isHidden = hidden.contains(token)
            panels.record(token)
            menus.record(token, isHidden: isHidden)
            guard !isHidden else { return }
            switch token {
            case .start("main", _): hasMain = true
            case .start("table", let attributes):
                if let outer = open.last, !outer.hasHeader { layoutTables.insert(outer.number) }
                let isNamed = ["presentation", "none"].contains(attributes["role"]?.lowercased())
                if isNamed { layoutTables.insert(count) }
                open.append((count, false))
            case .start("th", _): if !open.isEmpty { open[open.count - 1].hasHeader = true }
            case .start("h1", _), .start("h2", _), .start("h3", _), .start("h4", _), .start("h5", _), .start("h6", _):
                if let table = open.last, !table.hasHeader { layoutTables.insert(table.number) }
            case .start(_, let attributes): if attributes["role"]?.lowercased() == "main" { hasMain = true }
            case .end("table"): _ = open.popLast()
            case .text, .end, .strayEnd: break
            }
        }
    }
}
