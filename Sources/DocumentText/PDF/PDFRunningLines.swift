/// Finds what is on the pages of a PDF only because they are pages: running heads, footers and page numbers.
struct PDFFurniture {
    /// How much of a page, at its top and at its bottom, may be furniture.
    private static let margin = 0.18
    /// How far apart the same line is on two pages, at most.
    private static let grain = 6.0

    private struct Key: Hashable {
        var shape: String
        var place: Int
        var isTop: Bool
    }

    /// The furniture, and whether its numbers are the same on all pages.
    private var furniture: [Key: Bool] = [:]
    /// What the furniture says of the whole document: dates and versions, and what is set as large as a title; a line each.
    private(set) var keptLines: [String] = []
    /// The size of most of the type.
    private var usualSize = 0.0

    /// Pages with more words of furniture than this, most of their words, are alike: nothing is taken off them.
    private static let mostWords = 30
    /// How much larger than the text a title is, at least.
    private static let leastSizeOfTitle = 1.15

    /// Looks at the edges of some pages.
    ///
    /// - Parameter pages: The lines of each page, with its height.
    init(_ pages: [(number: Int, height: Double, lines: [PDFLine])]) {
        guard pages.count > 1 else { return }
        let sizes = pages.flatMap { $0.lines.map(\.size) }.sorted()
        usualSize = sizes.isEmpty ? 0 : sizes[sizes.count / 2]
        var found: [Key: [(page: Int, numbers: [Int])]] = [:]
        for page in pages {
            for line in page.lines {
                guard let key = Self.key(of: line, height: page.height) else { continue }
                found[key, default: []].append((page.number, Self.numbers(in: line.text)))
            }
        }
        for (key, places) in found where Self.isOnMostPages(Set(places.map(\.page)), of: pages.map(\.number)) {
            guard Self.areOfPages(places) else { continue }
            furniture[key] = places.allSatisfy { $0.numbers == places[0].numbers }
        }
    }

    /// Takes the furniture at its edges off a page, and notes what it says.
    ///
    /// A line is at an edge if only furniture is beyond it and beside it.
    ///
    /// - Returns: The other lines, from top to bottom.
    mutating func remove(from lines: [PDFLine], height: Double) -> [PDFLine] {
        let rows = PDFLineRepair.rows(of: lines)
        let top = rows.prefix { $0.allSatisfy { contains($0, height: height, isTop: true) } }.count
        let bottom = rows[top...].reversed().prefix { $0.allSatisfy { contains($0, height: height, isTop: false) } }
            .count
        let removed = (rows[..<top] + rows.suffix(bottom)).flatMap(\.self)
        let kept = rows[top..<(rows.count - bottom)].flatMap(\.self)
        let words = removed.reduce(0) { $0 + $1.text.wordCount }
        if words > Self.mostWords, words > kept.reduce(0, { $0 + $1.text.wordCount }) { return rows.flatMap(\.self) }
        for line in removed where !keptLines.contains(line.text) && !RunningHeaders.isPageNumber(line.text) {
            guard let key = Self.key(of: line, height: height), furniture[key] == true else { continue }
            let isDated = line.text.contains(where: \.isNumber) && line.text.contains(where: \.isLetter)
            if isDated || line.size > usualSize * Self.leastSizeOfTitle { keptLines.append(line.text) }
        }
        return kept
    }

    private func contains(_ line: PDFLine, height: Double, isTop: Bool) -> Bool {
        guard let key = Self.key(of: line, height: height), key.isTop == isTop else { return false }
        return furniture[key] != nil || RunningHeaders.isPageNumber(line.text)
    }

    private static func key(of line: PDFLine, height: Double) -> Key? {
        guard line.text.utf8.count <= 300, height > 0 else { return nil }
        let isTop = line.y.upperBound < height * margin
        guard isTop || line.y.lowerBound > height * (1 - margin) else { return nil }
        return Key(shape: RunningHeaders.shape(of: line.text[...]), place: Int(line.y.middle / grain), isTop: isTop)
    }

    /// Whether a line is on most pages, or on most of the left or of the right ones.
    private static func isOnMostPages(_ found: Set<Int>, of pages: [Int]) -> Bool {
        for group in [pages, pages.filter { $0 % 2 == 0 }, pages.filter { $0 % 2 == 1 }] where group.count > 1 {
            let count = group.count(where: found.contains)
            if count >= 2, count * 5 >= group.count * 3 { return true }
        }
        return false
    }

    /// Whether the numbers in a line are the same on all pages, or count up with them.
    private static func areOfPages(_ places: [(page: Int, numbers: [Int])]) -> Bool {
        guard let first = places.first else { return false }
        return first.numbers.indices.allSatisfy { index in
            places.allSatisfy { place in
                guard index < place.numbers.count else { return false }
                let change = place.numbers[index] - first.numbers[index]
                return change == 0 || change == place.page - first.page
            }
        }
    }

    private static func numbers(in text: String) -> [Int] {
        text.split { !$0.isWholeNumber }.map { Int($0.prefix(9)) ?? 0 }
    }
}
