internal import Markup

/// The parts of a web page that a browser does not show, or shows as struck out.
///
/// A part is an element with its content; of a cell that keeps its place, it is the content alone.
struct HiddenMarkup {
    /// The names of the open elements of the part; none outside of one.
    private var open: [String] = []
    /// Whether the part is the content of the first open element.
    private var keepsPlace = false
    /// The number of start tags, and the numbers of elements that are left out in addition.
    private var count = 0
    private let others: Set<Int>
    private let styles: PageStyles
    private let revealed: RevealedPanels

    /// Creates a filter.
    ///
    /// - Parameters:
    ///   - styles: The styles of the page.
    ///   - revealed: The panels of the page that its controls show.
    ///   - others: The numbers of elements that are left out in addition, in the order of the start tags.
    init(styles: PageStyles, revealed: RevealedPanels = RevealedPanels(), and others: Set<Int> = []) {
        self.styles = styles
        self.revealed = revealed
        self.others = others
    }

    /// Elements whose text is not shown, is navigation or a choice in a form, or is struck out.
    private static let hiddenElements: Set<String> = [
        "script", "style", "template", "noscript", "s", "del", "strike", "datalist", "select", "nav",
    ]
    /// Roles of elements that every page of a site has.
    private static let hiddenRoles: Set<String> = ["navigation", "search", "menu", "menubar", "banner", "contentinfo"]
    /// Void elements.
    private static let emptyElements: Set<String> = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ]
    /// Elements that end a paragraph by the HTML standard, but not in HTML 4.
    private static let newBlocks: Set<String> = [
        "article", "aside", "details", "dialog", "figcaption", "figure", "footer", "header", "main", "nav", "section",
        "summary",
    ]

    /// Records a token.
    ///
    /// - Returns: Whether the token is in a part that is not shown, its first and last tags included.
    mutating func contains(_ token: MarkupToken) -> Bool {
        switch token {
        case .text: return !open.isEmpty
        case .start(let name, let attributes):
            if open.first == "p", Self.newBlocks.contains(name) { open = [] }
            count += 1
            let isOther = others.contains(count)
            guard !open.isEmpty || isOther || Self.hides(name, attributes, styles, revealed) else { return false }
            if open.isEmpty { keepsPlace = Self.keepsPlace(name, attributes, styles, isOther: isOther) }
            open.append(name)
            return open.count > 1 || !keepsPlace
        case .end:
            guard open.popLast() != nil else { return false }
            return !open.isEmpty || !keepsPlace
        case .strayEnd(let name):
            // The end tag of the part, in which an element is not ended.
            guard !open.isEmpty else { return false }
            if open.first == name { open = [] }
            return true
        }
    }

    /// Whether an element is not shown, or is struck out.
    static func hides(
        _ name: String,
        _ attributes: [String: String],
        _ styles: PageStyles = PageStyles(),
        _ revealed: RevealedPanels = RevealedPanels()
    ) -> Bool {
        guard !emptyElements.contains(name) else { return false }
        if hiddenElements.contains(name) { return true }
        let isRevealed = revealed.contain(attributes)
        if !isRevealed, let hidden = attributes["hidden"], hidden.lowercased() != "until-found" { return true }
        if name == "dialog", attributes["open"] == nil { return true }
        if let classes = attributes["class"], isComment(classes) { return true }
        if let style = attributes["style"], style.contains(commentStyle) { return true }
        if name == "a", let address = attributes["href"], address.hasPrefix("#cmnt") { return true }
        if name == "th" || name == "td", let classes = attributes["class"], isMargin(classes) { return true }
        if let role = attributes["role"]?.lowercased(), hiddenRoles.contains(role) { return true }
        let look = styles.look(of: name, attributes)
        return isRevealed ? look.isStruck == true : look.hides
    }

    /// Whether a hidden element is a cell below whose header no other cell moves.
    private static func keepsPlace(
        _ name: String,
        _ attributes: [String: String],
        _ styles: PageStyles,
        isOther: Bool
    ) -> Bool {
        guard name == "td" || name == "th", attributes["hidden"] == nil else { return false }
        let look = styles.look(of: name, attributes)
        return look.isRemoved != true && (isOther || look.hides)
    }

    /// Whether the classes are those of a reviewer's comment, or of its mark, in a page that Word has saved.
    private static func isComment(_ classes: String) -> Bool {
        classes.split(separator: " ").contains { commentClasses.contains($0.lowercased()) }
    }

    private static let commentClasses: Set<String> = [
        "msocommentreference", "msocommenttext", "msocomanchor", "msocomtxt", "msocomoff",
    ]
    private static let commentStyle = "mso-element:comment"

    /// Whether the classes are those of a cell with a letter or a number in the margin of an exported Google sheet.
    private static func isMargin(_ classes: String) -> Bool {
        classes.split(separator: " ").contains { marginClasses.contains($0) }
    }

    private static let marginClasses: Set<Substring> = [
        "row-headers-background", "column-headers-background", "row-header", "freezebar-cell",
    ]
}
