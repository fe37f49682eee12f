/// Finds the running headers, footers and page numbers of a PDF's pages.
struct PDFRunningLines {
    /// The part of a page, at its top and at its bottom, for headers and footers.
    private static let margin = 0.18
    /// The maximum distance of the same line on two pages.
    private static let grain = 6.0

    private struct Key: Hashable {
        var shape: String
        var position: Int
        var isTop: Bool
    }

    /// The running lines, and whether their numbers are the same on all pages.
    private var runningLines: [Key: Bool] = [:]
    /// The running lines with information about the document: dates, versions and titles.
    private(set) var keptLines: [String] = []
    /// The size of most of the type.
    private var usualSize = 0.0

    /// The maximum number of running words of similar pages; with more, nothing is removed from them.
    private static let maximumWords = 30
    /// The minimum size of a title, relative to the text.
    private static let minimumSizeOfTitle = 1.15

    /// Analyzes the edges of pages.
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
        for (key, positions) in found where Self.isOnMostPages(Set(positions.map(\.page)), of: pages.map(\.number)) {
            guard Self.areOfPages(positions) else { continue }
            runningLines[key] = positions.allSatisfy { $0.numbers == positions[0].numbers }
        }
    }

    /// Removes the running lines from a page, and records their information.
    ///
    /// A line is at an edge if only running lines are beyond it and beside it.
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
        if words > Self.maximumWords, words > kept.reduce(0, { $0 + $1.text.wordCount }) { return rows.flatMap(\.self) }
        for line in removed where !keptLines.contains(line.text) && !RunningHeaders.isPageNumber(line.text) {
            guard let key = Self.key(of: line, height: height), runningLines[key] == true else { continue }
            let isDated = line.text.contains(where: \.isNumber) && line.text.contains(where: \.isLetter)
            if isDated || line.size > usualSize * Self.minimumSizeOfTitle { keptLines.append(line.text) }
        }
        return kept
    }

    private func contains(_ line: PDFLine, height: Double, isTop: Bool) -> Bool {
        guard let key = Self.key(of: line, height: height), key.isTop == isTop else { return false }
        return runningLines[key] != nil || RunningHeaders.isPageNumber(line.text)
    }

    private static func key(of line: PDFLine, height: Double) -> Key? {
        guard line.text.utf8.count <= 300, height > 0 else { return nil }
        let isTop = line.y.upperBound < height * margin
        guard isTop || line.y.lowerBound > height * (1 - margin) else { return nil }
        return Key(shape: RunningHeaders.shape(of: line.text[...]), position: Int(line.y.middle / grain), isTop: isTop)
    }

    /// Whether a line is on most pages, or on most of the left or of the right ones.
    private static func isOnMostPages(_ found: Set<Int>, of pages: [Int]) -> Bool {
        for group in [pages, pages.filter { $0 % 2 == 0 }, pages.filter { $0 % 2 == 1 }] where group.count > 1 {
            let count = group.count(where: found.contains)
            if count >= 2, count * 5 >= group.count * 3 { return true }
        }
        return false
    }

    /// Whether the numbers in a line are the same on all pages, or ascend with them.
    private static func areOfPages(_ positions: [(page: Int, numbers: [Int])]) -> Bool {
        guard let first = positions.first else { return false }
        return first.numbers.indices.allSatisfy { index in
            positions.allSatisfy { position in
                guard index < position.numbers.count else { return false }
                let change = position.numbers[index] - first.numbers[index]
                return change == 0 || change == position.page - first.page
            }
        }
    }

    private static func numbers(in text: String) -> [Int] {
        text.split { !$0.isWholeNumber }.map { Int($0.prefix(9)) ?? 0 }
    }
}
