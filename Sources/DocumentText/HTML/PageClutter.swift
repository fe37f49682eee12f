internal import Markup

/// Finds the parts of a web page that every page of its site has: its footer with links, and its notice of cookies.
struct PageClutter {
    /// The numbers of the parts, in the order of the start tags.
    private(set) var found: Set<Int> = []
    private var count = 0
    private var depth = 0
    /// The depths of the open elements whose footers are not the page's.
    private var sections: [Int] = []
    /// The depths of the open elements that have the page's text.
    private var texts: [Int] = []
    private var open: [Part] = []

    /// An open element that may be such a part.
    private struct Part {
        let number: Int
        let depth: Int
        let isFooter: Bool
        var links = 0
        var controls = 0
        var size = 0
    }

    /// The elements that have footers of their own.
    private static let sectionElements: Set<String> = ["article", "aside", "main", "nav", "section"]
    /// The elements that only a page's text has.
    private static let textElements: Set<String> = ["article", "main", "h1"]
    /// The words in the names of notices of cookies, the words that make a name one beside `consent`, and those in the
    /// names of texts on cookies.
    private static let noticeNames: Set<Substring> = ["cookie", "cookies", "gdpr", "ccpa", "dsgvo"]
    private static let boxNames: Set<Substring> = [
        "banner", "bar", "box", "cmp", "dialog", "layer", "manager", "modal", "notice", "overlay", "popup", "tool",
    ]
    private static let policyNames: Set<Substring> = [
        "policy", "policies", "declaration", "statement", "table", "page",
    ]
    private static let noticeElements: Set<String> = ["div", "section", "aside", "dialog", "form", "p"]
    /// The words in the names of links that are buttons.
    private static let buttonNames: Set<Substring> = [
        "accept", "agree", "btn", "button", "close", "decline", "dismiss",
    ]
    /// The maximum size of a notice in bytes.
    private static let maximumNoticeBytes = 6_000
    /// The minimum number of a footer's links to pages.
    private static let minimumLinks = 2
    /// The maximum number of open elements that may be such parts.
    private static let maximumParts = 16

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
            if Self.textElements.contains(name) || attributes["role"]?.lowercased() == "main" {
                open = []
                texts.append(depth)
            }
            if Self.sectionElements.contains(name) { sections.append(depth) }
            if name == "a", Self.isPage(attributes["href"] ?? "") {
                for place in open.indices { open[place].links += 1 }
            }
            if Self.isControl(name, attributes) {
                for place in open.indices { open[place].controls += 1 }
            }
            guard open.count < Self.maximumParts else { return }
            if name == "footer", sections.isEmpty, texts.isEmpty {
                open.append(Part(number: count, depth: depth, isFooter: true))
            } else if Self.noticeElements.contains(name), Self.isNotice(attributes), texts.isEmpty {
                open.append(Part(number: count, depth: depth, isFooter: false))
            }
        case .end:
            depth -= 1
            while let last = sections.last, last > depth { sections.removeLast() }
            while let last = texts.last, last > depth { texts.removeLast() }
            while let part = open.last, part.depth > depth {
                let isNotice = part.controls > 0 && part.size > 0 && part.size <= Self.maximumNoticeBytes
                if part.isFooter ? part.links >= Self.minimumLinks : isNotice { found.insert(part.number) }
                open.removeLast()
            }
        case .text(let text):
            guard !isHidden, !open.isEmpty else { return }
            let size = text.utf8.count { !$0.isBlankByte }
            for place in open.indices { open[place].size += size }
        case .strayEnd: break
        }
    }

    private static func isPage(_ link: String) -> Bool {
        !link.isEmpty && !link.hasPrefix("#") && !link.hasPrefix("mailto:") && !link.hasPrefix("tel:")
    }

    private static func isControl(_ name: String, _ attributes: [String: String]) -> Bool {
        if name == "button" || name == "input" { return true }
        guard name == "a" else { return false }
        return attributes["role"]?.lowercased() == "button"
            || words(of: attributes).joined().contains { buttonNames.contains($0) }
    }

    private static func isNotice(_ attributes: [String: String]) -> Bool {
        words(of: attributes).contains { words in
            let isNamed =
                words.contains { noticeNames.contains($0) }
                || words.contains("consent") && words.contains { boxNames.contains($0) }
            return isNamed && !words.contains { policyNames.contains($0) }
        }
    }

    /// The words in the identifier and the classes of an element.
    private static func words(of attributes: [String: String]) -> [[Substring]] {
        [attributes["id"], attributes["class"]].compactMap { $0?.lowercased().split { !$0.isLetter } }
    }
}
