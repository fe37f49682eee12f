/// Finds the numbers of lines, which drafts and statutes have beside their text: 5, 10, 15 and so on.
enum LineNumbers {
    /// The minimum number of line numbers of a document.
    private static let minimum = 6

    /// Removes the numbers of lines from pages.
    static func remove(from pages: inout [PDFPage]) {
        let numbers = pages.map { candidates(of: $0) }
        let all = numbers.joined().map(\.number)
        guard all.count >= minimum, areCounted(all) || numbers.allSatisfy({ areCounted($0.map(\.number)) }) else {
            return
        }
        for (page, found) in zip(pages.indices, numbers) where !found.isEmpty {
            let positions = Set(found.map(\.position))
            pages[page].runs = pages[page].runs.enumerated().filter { !positions.contains($0.offset) }.map(\.element)
        }
    }

    /// Whether numbers are the multiples of a number greater than one, as the rows of a table are not counted.
    private static func areCounted(_ numbers: [Int]) -> Bool {
        guard let first = numbers.first else { return true }
        guard numbers.count > 1 else { return first > 1 }
        let step = numbers[1] - first
        return step > 1 && first % step == 0 && zip(numbers, numbers.dropFirst()).allSatisfy { $1 - $0 == step }
    }

    /// The numbers that are left or right of all text of a page, each with its position among the runs.
    private static func candidates(of page: PDFPage) -> [(position: Int, number: Int)] {
        var numbers: [(position: Int, number: Int, run: PDFRun)] = []
        var (left, right) = (Double.infinity, -Double.infinity)
        for (position, run) in page.runs.enumerated() {
            let text = run.text.onOneLine
            if (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                numbers.append((position, Int(text) ?? 0, run))
            } else if !text.isEmpty {
                left = min(left, run.x.lowerBound)
                right = max(right, run.x.upperBound)
            }
        }
        for isBeside in [{ (run: PDFRun) in run.x.upperBound <= left }, { (run: PDFRun) in run.x.lowerBound >= right }]
        {
            let beside = numbers.filter { isBeside($0.run) }.sorted { $0.run.y.lowerBound < $1.run.y.lowerBound }
            if !beside.isEmpty { return beside.map { ($0.position, $0.number) } }
        }
        return []
    }
}
