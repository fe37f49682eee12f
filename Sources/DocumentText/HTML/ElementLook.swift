/// What style declarations say about how an element is shown; nil where they do not say it.
struct ElementLook: Hashable {
    /// Whether the element has no place on the page.
    var isRemoved: Bool?
    /// Whether the element begins and ends a line.
    var isBlock: Bool?
    /// Whether the element's place is empty.
    var isInvisible: Bool?
    /// Whether the text is struck out.
    var isStruck: Bool?
    /// Whether the text is superscript.
    var isRaised: Bool?
    /// Whether the text is in bold type.
    var isBold: Bool?

    private static let blockDisplays: Set<Substring> = [
        "block", "flex", "grid", "table", "table-row", "table-cell", "list-item",
    ]

    /// A look about which nothing is said.
    static let plain = ElementLook()

    /// Whether a reader does not take the element's text for valid.
    var hides: Bool { isRemoved == true || isInvisible == true || isStruck == true }

    /// Creates a look about which nothing is said.
    init() {}

    /// Creates a look from declarations such as `display: none; font-weight: bold`.
    init(declarations: some StringProtocol) {
        let declarations = declarations.lowercased().filter { !$0.isWhitespace }
        for declaration in declarations.split(separator: ";") {
            guard let colon = declaration.firstIndex(of: ":") else { continue }
            let value = declaration[declaration.index(after: colon)...].prefix { $0 != "!" }
            switch declaration[..<colon] {
            case "display":
                isRemoved = value == "none"
                isBlock = Self.blockDisplays.contains(value)
            case "visibility": isInvisible = value == "hidden" || value == "collapse"
            case "text-decoration", "text-decoration-line": isStruck = value.contains("line-through")
            case "vertical-align": isRaised = value == "super"
            case "font-weight": isBold = ["bold", "bolder"].contains(value) || Int(value).map { $0 >= 600 } ?? false
            default: break
            }
        }
    }

    /// Replaces what another look says.
    mutating func apply(_ other: ElementLook) {
        isRemoved = other.isRemoved ?? isRemoved
        isBlock = other.isBlock ?? isBlock
        isInvisible = other.isInvisible ?? isInvisible
        isStruck = other.isStruck ?? isStruck
        isRaised = other.isRaised ?? isRaised
        isBold = other.isBold ?? isBold
    }
}
