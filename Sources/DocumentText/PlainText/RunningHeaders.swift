/// What is on the pages of a document only because they are pages.
enum RunningHeaders {
    /// Whether a line is nothing but the number of a page.
    static func isPageNumber(_ line: some StringProtocol) -> Bool {
        numbers.contains(shape(of: line))
    }

    /// A line with its numbers made alike.
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
