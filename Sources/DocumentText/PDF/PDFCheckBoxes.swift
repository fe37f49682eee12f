/// The boxes of a page that a form has for the choice of options: small squares and circles, empty or with a mark.
///
/// `pdftohtml` does not tell them, as they are drawn: by the page, or by the field of a form.
struct PDFCheckBoxes: Sendable {
    /// A box.
    struct Box: Sendable {
        var x: Range<Double>
        var y: Range<Double>
        /// Whether a mark is drawn in the box.
        var isTicked = false

        var side: Double { max(x.length, y.length) }
    }

    /// From top to bottom.
    private(set) var boxes: [Box] = []

    /// The signs of an empty and of a ticked box.
    private static let signs = (empty: "☐", ticked: "☒")
    /// The marks that are set into a box.
    fileprivate static let marks: Set<Character> = [
        "x", "X", "×", "✓", "✔", "✗", "✘", "✕", "✖", "☒", "☑", "●", "■", "◆", "★", "•", "+", "*", "√",
    ]
    /// The sides of a box in type sizes of the text beside it.
    private static let sides = 0.5..<1.5
    /// The maximum distance of a box from its option, in type sizes.
    private static let maximumGap = 4.0
    /// The maximum distance of the middles of a box and of its text, as a part of the text's height.
    private static let maximumRise = 0.35
    /// The maximum part of a box that a word beside it covers.
    private static let maximumCover = 0.35
    /// The gap between two words, in type sizes.
    private static let minimumGap = 0.2

    /// The boxes of a page that is mirrored.
    func mirrored(width: Double) -> PDFCheckBoxes {
        PDFCheckBoxes(
            boxes: boxes.map { box in
                var box = box
                box.x = (width - box.x.upperBound)..<(width - box.x.lowerBound)
                return box
            }
        )
    }

    /// Adds the signs of the boxes to the texts beside them.
    ///
    /// - Parameters:
    ///   - page: The page.
    ///   - words: The boxes of its words.
    /// - Returns: The boxes beside texts; the others are parts of drawings.
    func add(to page: inout PDFPage, words: inout PDFWordBoxes?) -> [Box] {
        var added: [Box] = []
        for box in boxes {
            let row = page.runs.indices.filter { run in
                let y = page.runs[run].y
                return box.y.overlap(y) > min(y.length, box.y.length) * 0.5
                    && abs(box.y.middle - y.middle) < y.length * Self.maximumRise
                    && Self.sides.contains(box.side / page.runs[run].size)
            }
            guard !row.isEmpty else { continue }
            let marks = row.map { page.runs[$0].mark(in: box, words) }
            if let place = marks.firstIndex(where: { $0 != nil }), let word = marks[place] {
                // A letter with an index is the text of a drawing.
                let isAlone = !page.runs.indices.contains { run in
                    run != row[place] && box.x.contains(page.runs[run].x.middle)
                        && box.y.overlap(page.runs[run].y) > 0
                }
                guard isAlone else { continue }
                page.runs[row[place]].replace(word: word, by: Self.signs.ticked)
                added.append(box)
                continue
            }
            // Other text in the box shows that it is no check box.
            let isFree =
                words.map { !$0.cover(box.x, box.y, by: Self.maximumCover) }
                ?? row.flatMap { page.runs[$0].words(in: nil) }.allSatisfy { $0.x.overlap(box.x) == 0 }
            guard isFree else { continue }
            let sign = box.isTicked ? Self.signs.ticked : Self.signs.empty
            add(sign, of: box, to: row, of: &page, words)
            words?.insert(box.x, box.y)
            added.append(box)
        }
        return added
    }

    /// Adds a sign within a text of a row, to the nearest text, or between the texts.
    private func add(_ sign: String, of box: Box, to row: [Int], of page: inout PDFPage, _ words: PDFWordBoxes?) {
        for run in row where page.runs[run].x.overlap(box.x) > 0 {
            let parts = page.runs[run].words(in: words)
            let before = parts.prefix { $0.x.middle < box.x.middle }.map(\.text)
            guard !before.isEmpty, before.count < parts.count else { continue }
            page.runs[run].text = (before + [sign[...]] + parts[before.count...].map(\.text)).joined(separator: " ")
            return
        }
        let right = row.filter { page.runs[$0].x.middle > box.x.upperBound }
            .min { page.runs[$0].x.lowerBound < page.runs[$1].x.lowerBound }
        let left = row.filter { page.runs[$0].x.middle < box.x.lowerBound }
            .max { page.runs[$0].x.upperBound < page.runs[$1].x.upperBound }
        if let right, page.runs[right].x.lowerBound - box.x.upperBound < page.runs[right].size * Self.maximumGap {
            page.runs[right].text = sign + " " + page.runs[right].text.drop(while: \.isWhitespace)
            // A text that ends at the box is another word.
            let end = left.map { page.runs[$0].x.upperBound + page.runs[$0].size * Self.minimumGap } ?? 0
            let start = max(box.x.lowerBound, min(end, box.x.upperBound))
            page.runs[right].x = start..<max(start, page.runs[right].x.upperBound)
        } else if let left, box.x.lowerBound - page.runs[left].x.upperBound < page.runs[left].size {
            page.runs[left].text += " " + sign
            page.runs[left].x = page.runs[left].x.lowerBound..<max(page.runs[left].x.upperBound, box.x.upperBound)
        } else if let beside = right ?? left {
            page.runs.append(
                PDFRun(text: sign, x: box.x, y: page.runs[beside].y, size: page.runs[beside].size, isBold: false)
            )
        }
    }
}

extension PDFRules {
    /// The maximum distance of a line from the side of a check box that it is.
    private static let distance = 2.0

    /// The lines without those that are sides of check boxes.
    func without(_ boxes: [PDFCheckBoxes.Box]) -> PDFRules {
        guard !boxes.isEmpty else { return self }
        func isSide(_ position: Double, _ range: Range<Double>, of across: Range<Double>, _ along: Range<Double>)
            -> Bool
        {
            position > across.lowerBound - Self.distance && position < across.upperBound + Self.distance
                && range.lowerBound > along.lowerBound - Self.distance
                && range.upperBound < along.upperBound + Self.distance
        }
        return PDFRules(
            horizontal: horizontal.filter { rule in
                !boxes.contains { isSide(rule.position, rule.range, of: $0.y, $0.x) }
            },
            vertical: vertical.filter { rule in
                !boxes.contains { isSide(rule.position, rule.range, of: $0.x, $0.y) }
            },
            fills: fills
        )
    }
}

extension PDFRun {
    /// The words of the run with their places, which are estimated by the number of letters where they are not known.
    func words(in boxes: PDFWordBoxes?) -> [(text: Substring, x: Range<Double>)] {
        let texts = text.split(whereSeparator: \.isWhitespace)
        if let places = boxes?.words(of: self), places.count == texts.count { return Array(zip(texts, places)) }
        let width = x.length / Double(max(1, text.count))
        return texts.map { word in
            let letters = text.distance(from: text.startIndex, to: word.startIndex)
            let start = x.lowerBound + width * Double(letters)
            return (word, start..<(start + width * Double(word.count)))
        }
    }

    /// The number of the word of the run that is a mark in a check box; nil if none is.
    fileprivate func mark(in box: PDFCheckBoxes.Box, _ words: PDFWordBoxes?) -> Int? {
        guard x.overlap(box.x) > 0 else { return nil }
        return self.words(in: words).firstIndex { word in
            box.x.contains(word.x.middle) && word.text.count == 1
                && word.text.allSatisfy { PDFCheckBoxes.marks.contains($0) }
        }
    }

    fileprivate mutating func replace(word: Int, by sign: String) {
        var words = text.split(whereSeparator: \.isWhitespace)
        words[word] = sign[...]
        text = words.joined(separator: " ")
    }
}
