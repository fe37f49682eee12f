/// The outline of a web page, from a first pass: whether it has a main element, and which tables are for layout.
struct PageOutline {
    /// Whether the page has a main element.
    private(set) var hasMain = false
    /// The numbers of the layout tables, in the order of the start tags.
    private(set) var layoutTables: Set<Int> = []

    /// Analyzes a page.
    init(_ text: String) {
        var tokens = MarkupTokenizer(text, dialect: .html)
        var hidden: HiddenMarkup?
        var count = 0
        // The open tables: their numbers, and whether they have a header cell.
        var open: [(number: Int, hasHeader: Bool)] = []
        while let token = tokens.next() {
            switch token {
            case .text: continue
            case .start(let name, let attributes, _):
                if name == "table" { count += 1 }
                if hidden?.endsBefore(start: name) == true { hidden = nil }
                guard hidden == nil else { continue }
                hidden = HiddenMarkup(name, attributes)
                guard hidden == nil else { continue }
                switch name {
                case "main": hasMain = true
                case "table":
                    if let outer = open.last, !outer.hasHeader { layoutTables.insert(outer.number) }
                    let isNamed = ["presentation", "none"].contains(attributes["role"]?.lowercased())
                    if isNamed { layoutTables.insert(count) }
                    open.append((count, false))
                case "th": if !open.isEmpty { open[open.count - 1].hasHeader = true }
                case "h1", "h2", "h3", "h4", "h5", "h6":
                    if let table = open.last, !table.hasHeader { layoutTables.insert(table.number) }
                default: if attributes["role"]?.lowercased() == "main" { hasMain = true }
                }
            case .end(let name):
                if let (ended, isOfPage) = hidden?.ends(at: name) {
                    if ended { hidden = nil }
                    guard isOfPage else { continue }
                }
                if name == "table" { _ = open.popLast() }
            }
        }
    }
}
