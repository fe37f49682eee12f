/// Recognizes the running headers and page numbers of a document's pages.
enum RunningHeaders {
    /// Whether a line is only a page number.
    static func isPageNumber(_ line: some StringProtocol) -> Bool {
        numbers.contains(shape(of: line))
    }

    /// The line with each number replaced by `#`.
    static func shape(of line: some StringProtocol) -> String {
        var shape = ""
        for character in line.onOneLine {
            if !character.isWholeNumber { shape.append(character) } else if shape.last != "#" { shape.append("#") }
        }
        return shape
    }

    private static let numbers: Set<String> = [
        "#", "- # -", "– # –", "Page #", "Seite #", "#/#", "# / #", "Page # of #", "Seite # von #", "# of #", "# von #",
        "p. #", "S. #", "Page | #", "| Page #", "# | Page", "Page # sur #", "Página # de #",
    ]
}
