/// The elements of web pages by what they do to text, and what is open at a place.
extension HTMLReader {
    /// What holds for the text of an open element.
    struct OpenElement {
        /// The name of the element, or of that which its role stands for.
        var name: String
        var isBold: Bool
        /// Whether the element is superscript by its style.
        var isRaised: Bool
        /// Whether the element begins and ends a line by its style, or as it has a label.
        var isBlock: Bool
        /// Whether the element has an earlier message.
        var isQuotation: Bool
    }

    /// The open cell of a table.
    struct Cell {
        var width: Int
        var height: Int
        var isHeader: Bool
        var hasPlainText = false
        /// What pictures in the cell say, if it has no text.
        var alternative = ""
    }

    /// What an open text becomes.
    enum Kind: Equatable {
        case paragraph, listItem, code, term, definition
        case heading(Int)
    }

    /// Block elements, which end the text before them.
    static let blocks: Set<String> = [
        "address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption",
        "figure", "footer", "form", "header", "hr", "html", "legend", "main", "nav", "ol", "option", "p", "section",
        "summary", "ul",
    ]
    static let boldElements: Set<String> = ["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"]
    /// Elements that may be superscript or begin a line by their style.
    static let inlineElements: Set<String> = ["a", "b", "em", "font", "i", "small", "span", "strong"]
}
