/// The boxes of the words of a page, from poppler's `pdftotext -bbox`.
///
/// `pdftohtml` writes cells with a narrow gap between them as one text; the boxes tell where its words are.
struct PDFWordBoxes: Sendable {
    /// The box of a word.
    private struct Box: Sendable {
        var x: Range<Double>
        var y: Range<Double>
    }

    /// From top to bottom, by their middles.
    private var boxes: [Box] = []

    /// The maximum number of boxes of a page.
    private static let maximumBoxes = 20_000

    /// The boxes of a page that is mirrored.
    func mirrored(width: Double) -> PDFWordBoxes {
        var mirrored = self
        for box in boxes.indices {
            mirrored.boxes[box].x = (width - boxes[box].x.upperBound)..<(width - boxes[box].x.lowerBound)
        }
        return mirrored
    }

    /// The places of the words of a line, from left to right; nil if they are not known.
    func words(of line: PDFLine) -> [Range<Double>]? { words(line.x, line.y, of: line.text) }

    /// The places of the words of a run, from left to right; nil if they are not known.
    func words(of run: PDFRun) -> [Range<Double>]? { words(run.x, run.y, of: run.text) }

    private func words(_ x: Range<Double>, _ y: Range<Double>, of text: String) -> [Range<Double>]? {
        let words = words(in: y).filter { x.overlap($0) > $0.length * 0.5 }
        return words.count == text.wordCount ? words : nil
    }

    /// Removes the words of a part of the page.
    mutating func remove(in x: Range<Double>, _ y: Range<Double>) {
        boxes.removeAll { y.contains($0.y.middle) && x.overlap($0.x) > $0.x.length * 0.5 }
    }

    /// Whether a word covers more than a part of the width of a place.
    func cover(_ x: Range<Double>, _ y: Range<Double>, by part: Double) -> Bool {
        boxes(in: y).contains { x.overlap($0.x) > x.length * part || x.contains($0.x.middle) }
    }

    /// Adds the box of a word.
    mutating func insert(_ x: Range<Double>, _ y: Range<Double>) {
        let place = boxes.firstIndex { $0.y.middle > y.middle } ?? boxes.count
        boxes.insert(Box(x: x, y: y), at: place)
    }

    /// Runs, of which those that are parts of a text with wide blanks have the places of their words.
    func placed(_ runs: [PDFRun]) -> [PDFRun] {
        var placed = runs
        var row: [Int] = []
        for index in runs.indices.sorted(by: { runs[$0].y.middle < runs[$1].y.middle }) {
            if let first = row.first, runs[first].y.overlap(runs[index].y) <= runs[first].y.length * 0.5 {
                place(row, of: &placed)
                row = []
            }
            row.append(index)
        }
        place(row, of: &placed)
        return placed
    }

    /// Places the runs of a row where all words of its height are theirs.
    private func place(_ row: [Int], of runs: inout [PDFRun]) {
        guard row.count > 1, row.contains(where: { runs[$0].isTorn && !isPlaced(runs[$0]) }),
            row.allSatisfy({ abs(runs[$0].size - runs[row[0]].size) < runs[row[0]].size * 0.1 })
        else { return }
        let y = row.map { runs[$0].y }.reduce(runs[row[0]].y) { $0.union($1) }
        let words = words(in: y)
        let counts = row.sorted { runs[$0].x.lowerBound < runs[$1].x.lowerBound }
            .map { (index: $0, count: runs[$0].text.wordCount) }
        guard counts.reduce(0, { $0 + $1.count }) == words.count else { return }
        var places: [(index: Int, x: Range<Double>)] = []
        var next = 0
        for (index, count) in counts where count > 0 {
            places.append((index, words[next..<(next + count)].reduce(words[next]) { $0.union($1) }))
            next += count
        }
        let known = places.count { abs($0.x.lowerBound - runs[$0.index].x.lowerBound) < runs[$0.index].size * 0.5 }
        guard known * 2 >= places.count else { return }
        for (index, x) in places where runs[index].isTorn { runs[index].x = x }
    }

    /// The heights of runs, of which those that are raised or lowered are known by their boxes.
    ///
    /// - Parameters:
    ///   - runs: The runs of the page.
    ///   - unknown: The positions of those whose heights are unknown.
    /// - Returns: The runs.
    func raised(_ runs: [PDFRun], at unknown: [Int]) -> [PDFRun] {
        var raised = runs
        for position in unknown {
            let run = runs[position]
            let reach = (run.y.lowerBound - run.y.length)..<(run.y.upperBound + run.y.length)
            let same = boxes(in: reach).filter { box in
                abs(box.x.lowerBound - run.x.lowerBound) < 1 && abs(box.x.upperBound - run.x.upperBound) < 2
                    && abs(box.y.length - run.y.length) < run.y.length * 0.1
            }
            if same.count == 1 { raised[position].y = same[0].y }
        }
        return raised
    }

    private func isPlaced(_ run: PDFRun) -> Bool { words(of: run) != nil }

    /// The places of the words of some heights, from left to right.
    private func words(in y: Range<Double>) -> [Range<Double>] {
        boxes(in: y).map(\.x).sorted { $0.lowerBound < $1.lowerBound }
    }

    /// The boxes whose middles are at some heights.
    private func boxes(in y: Range<Double>) -> ArraySlice<Box> {
        var (low, high) = (0, boxes.count)
        while low < high {
            let middle = (low + high) / 2
            if boxes[middle].y.middle < y.lowerBound { low = middle + 1 } else { high = middle }
        }
        return boxes[low...].prefix { $0.y.middle <= y.upperBound }
    }

    /// Reads the boxes of the words of pages.
    ///
    /// - Parameters:
    ///   - markup: The output of `pdftotext -bbox`, in which each word is on a line of its own.
    ///   - scale: The units of ``PDFPage`` per point.
    /// - Returns: The boxes of each page.
    static func pages(ofMarkup markup: [UInt8], scale: Double) -> [PDFWordBoxes] {
        var pages: [PDFWordBoxes] = []
        for line in markup.split(separator: UInt8(ascii: "\n")) {
            let line = line.drop { $0 == UInt8(ascii: " ") }
            if line.starts(with: "<page ".utf8) {
                pages.append(PDFWordBoxes())
            } else if line.starts(with: "<word ".utf8), !pages.isEmpty {
                guard pages[pages.count - 1].boxes.count < maximumBoxes else { continue }
                let values = line.split(separator: UInt8(ascii: "\""), maxSplits: 8)
                guard values.count == 9 else { continue }
                let numbers = [1, 3, 5, 7].compactMap { Double(String(decoding: values[$0], as: UTF8.self)) }
                guard numbers.count == 4, numbers.allSatisfy({ abs($0) < 100_000 }) else { continue }
                let box = numbers.map { $0 * scale }
                pages[pages.count - 1].boxes.append(
                    Box(x: box[0]..<max(box[0], box[2]), y: box[1]..<max(box[1], box[3]))
                )
            }
        }
        for page in pages.indices { pages[page].boxes.sort { $0.y.middle < $1.y.middle } }
        return pages
    }
}

extension Range<Double> {
    /// The part of the range with words; the range itself if the words are beyond it, as those of several texts are.
    func narrowed(to words: [Range<Double>], size: Double) -> Range<Double> {
        guard let first = words.first, let last = words.last, first.lowerBound > lowerBound - size * 0.3,
            last.upperBound < upperBound + size * 0.3
        else { return self }
        return first.lowerBound..<Swift.max(first.lowerBound, last.upperBound)
    }
}
