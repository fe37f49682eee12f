/// The elements of web pages by what they do to text.
extension HTMLReader {
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
