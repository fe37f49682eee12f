internal import Markup

/// Tells whether the main element of a web page has the page's text.
///
/// Some pages mark a caption or a title as their main element, and have their text beside it.
struct MainElement {
    /// Whether the page has such an element.
    private var exists = false
    /// The name of the open element, and the number of open elements of this name.
    private var open: (name: String, depth: Int)?
    private var openLinks = 0
    private var openHeaders = 0
    private var hasTitle = false
    private var hasTitleInHeader = false
    /// The sizes of the texts without links in bytes.
    private var inside = 0
    private var outside = 0

    /// The maximum size of a text that may be a caption, in bytes.
    private static let maximumCaptionBytes = 500
    /// How many times larger the text beside a caption is.
    private static let factor = 8

    /// Whether only this element is read.
    var hasText: Bool { exists && (inside > Self.maximumCaptionBytes || outside <= inside * Self.factor) }

    /// Whether the title of the page is in a header before the main element, which is read as well.
    var isTitledInHeader: Bool { hasTitleInHeader && !hasTitle }

    /// Records a token that a browser shows.
    mutating func record(_ token: MarkupToken) {
        switch token {
        case .start(let name, let attributes):
            if name == "a" { openLinks += 1 }
            if name == "header" { openHeaders += 1 }
            if name == "h1", open != nil { hasTitle = true }
            if name == "h1", open == nil, openHeaders > 0 { hasTitleInHeader = true }
            if let element = open {
                if name == element.name { open?.depth += 1 }
            } else if name == "main" || attributes["role"]?.lowercased() == "main" {
                open = (name, 1)
                exists = true
            }
        case .end(let name):
            if name == "a" { openLinks = max(0, openLinks - 1) }
            if name == "header" { openHeaders = max(0, openHeaders - 1) }
            guard let element = open, element.name == name else { return }
            open = element.depth > 1 ? (name, element.depth - 1) : nil
        case .text(let text):
            guard openLinks == 0 else { return }
            let size = text.utf8.count { !$0.isBlankByte }
            if open == nil { outside += size } else { inside += size }
        case .strayEnd: break
        }
    }
}
