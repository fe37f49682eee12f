/// Takes out of a document's pages what is on them only because they are pages: headers, footers and page numbers.
enum PageFurniture {
    /// How many lines at the top and at the bottom of a page may be furniture.
    private static let depth = 2

    /// The text of some pages, one after the other, without their furniture.
    ///
    /// A line at the edge of a page is furniture if most pages have the same there, page numbers aside. A sentence that
    /// goes on from one page to the next is made whole.
    static func text(of pages: [Substring]) -> String {
        let pages = pages.map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
        let common = commonEdges(of: pages)
        return pages.map { page in
            let edges = edgePlaces(of: page)
            return page.enumerated()
                .filter { !edges.contains($0.offset) || !isFurniture($0.element, common: common) }
                .map(\.element)
        }.reduce(into: "") { text, page in
            let page = page.joined(separator: "\n").drop { $0 == "\n" }
            text += goesOn(from: text, to: page) ? "\n" : "\n\n"
            text += page
            while text.last == "\n" { text.removeLast() }
        }
    }

    /// Whether a line is nothing but the number of a page.
    static func isPageNumber(_ line: some StringProtocol) -> Bool {
        let shape = shape(of: Substring(line))
        return ["#", "- # -", "– # –", "Page #", "Seite #", "#/#", "# / #", "Page # of #", "Seite # von #"].contains(
            shape
        )
    }

    private static func isFurniture(_ line: Substring, common: Set<String>) -> Bool {
        let shape = shape(of: line)
        return common.contains(shape) || ["#", "- # -", "– # –", "Page #", "Seite #", "#/#", "# / #"].contains(shape)
    }

    /// The shapes of the lines that are at the edges of most pages.
    private static func commonEdges(of pages: [[Substring]]) -> Set<String> {
        var counts: [String: Int] = [:]
        for page in pages {
            for shape in Set(edgePlaces(of: page).map { shape(of: page[$0]) }) { counts[shape, default: 0] += 1 }
        }
        let most = max(2, (pages.count * 3 + 4) / 5)
        return Set(counts.filter { $0.value >= most }.keys)
    }

    /// The places of the first and last lines of a page that are not blank.
    private static func edgePlaces(of page: [Substring]) -> Set<Int> {
        let filled = page.indices.filter { page[$0].contains { !$0.isWhitespace } }
        return Set(filled.prefix(depth) + filled.suffix(depth))
    }

    /// A line with its numbers made alike.
    private static func shape(of line: Substring) -> String {
        var shape = ""
        for character in line.onOneLine {
            if !character.isWholeNumber { shape.append(character) } else if shape.last != "#" { shape.append("#") }
        }
        return shape
    }

    /// Whether a page ends within a sentence that the next page goes on with.
    private static func goesOn(from text: String, to page: Substring) -> Bool {
        guard let last = text.last, let first = page.first(where: { !$0.isWhitespace }) else { return false }
        return first.isLowercase && (last.isLetter || last.isNumber || ",-".contains(last))
    }
}
