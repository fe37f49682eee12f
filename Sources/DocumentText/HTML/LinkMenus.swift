internal import Markup

/// Finds the menus of a web page that are no `nav` elements: elements that are named as menus, in which all text is in links.
struct LinkMenus {
    /// The numbers of the menus, in the order of the start tags.
    private(set) var found: Set<Int> = []
    private var count = 0
    private var depth = 0
    private var links = 0
    private var openLinks = 0
    /// The open elements that may be menus, with the number of links before them.
    private var open: [(number: Int, depth: Int, links: Int)] = []

    /// The words in the names of menus.
    private static let names: Set<Substring> = [
        "nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "skip",
    ]

    private static let headings: Set<String> = ["h1", "h2", "h3", "h4", "h5", "h6"]

    /// Records a token.
    ///
    /// - Parameters:
    ///   - token: The token.
    ///   - isHidden: Whether a browser does not show it.
    mutating func record(_ token: MarkupToken, isHidden: Bool) {
        switch token {
        case .start(let name, let attributes):
            count += 1
            depth += 1
            guard !isHidden else { return }
            if name == "a" {
                links += 1
                openLinks += 1
            } else if !Self.headings.contains(name), Self.isNamed(attributes) {
                open.append((count, depth, links))
            }
        case .end(let name):
            depth -= 1
            if name == "a", !isHidden { openLinks = max(0, openLinks - 1) }
            while let last = open.last, last.depth > depth {
                if links > last.links { found.insert(last.number) }
                open.removeLast()
            }
        case .text(let text):
            if !isHidden, openLinks == 0, text.contains(where: { $0.isLetter || $0.isNumber }) { open = [] }
        case .strayEnd: break
        }
    }

    private static func isNamed(_ attributes: [String: String]) -> Bool {
        [attributes["id"], attributes["class"]].compactMap { $0?.lowercased() }.contains { name in
            name.split { !$0.isLetter }.contains { names.contains($0) }
        }
    }
}
