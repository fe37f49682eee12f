/// The struck out text of a page: words and parts of words that a thin line crosses at the middle of their height, from
/// the start of the first to the end of the last one.
struct PDFStruckText {
    private let runs: [PDFRun]
    private let words: PDFWordBoxes?
    /// The positions of the runs, by their middles.
    private let order: [Int]
    private let maximumHeight: Double
    /// What is left of the struck words of each run that has some, by their numbers: nothing, the mark at their ends, or
    /// the part of the word that is not struck.
    private var struck: [Int: [Int: Substring]] = [:]
    /// The heights and widths of the struck text.
    private var areas: [(x: Range<Double>, y: Range<Double>)] = []
    /// The places of the other letters of words of which most are struck.
    private var rests: [(x: Range<Double>, y: Range<Double>)] = []

    /// The maximum number of runs of a page; a page with more is a drawing.
    private static let maximumRuns = 20_000
    /// The maximum thickness of a line, as a part of the text's height.
    private static let maximumThickness = 0.2
    /// How far a line can reach beyond the text, in type sizes.
    private static let maximumExcess = 0.45
    /// The minimum part of a line that has text.
    private static let minimumPart = 0.5
    /// The minimum part of a struck word that is crossed, and the maximum part of another one.
    private static let crossedPart = 0.8
    private static let maximumPartOfOther = 0.2
    /// The maximum gap between runs of a text, in type sizes.
    private static let maximumGap = 0.9

    /// Finds the struck out text of a page.
    ///
    /// - Parameters:
    ///   - page: The page.
    ///   - rules: Its ruling lines.
    ///   - words: The boxes of its words; nil if they are unknown.
    init(of page: PDFPage, rules: PDFRules, words: PDFWordBoxes?) {
        let runs = page.runs
        self.runs = runs
        self.words = words
        order = runs.indices.sorted { runs[$0].y.middle < runs[$1].y.middle }
        maximumHeight = runs.map(\.y.length).max() ?? 0
        guard runs.count <= Self.maximumRuns else { return }
        for rule in rules.horizontal { strike(along: rule) }
    }

    /// Whether there is none.
    var isEmpty: Bool { struck.isEmpty }

    /// The boxes of the other words of the page.
    var otherWords: PDFWordBoxes? {
        guard var others = words else { return nil }
        for area in areas { others.remove(in: area.x, area.y) }
        for rest in rests { others.insert(rest.x, rest.y) }
        return others
    }

    /// The runs without the struck out text.
    var otherRuns: [PDFRun] {
        var others = runs
        for (run, rests) in struck.sorted(by: { $0.key < $1.key }) {
            let words = runs[run].words(in: words).enumerated().map {
                (rests[$0.offset] ?? $0.element.text, $0.element.x)
            }
            .filter { !$0.0.isEmpty }
            guard let first = words.first, let last = words.last else {
                others[run].text = ""
                // The parts of the line at both sides stay one text.
                if let before = neighbor(of: run, isRight: false), neighbor(of: run, isRight: true) != nil {
                    let end = max(others[before].x.upperBound, runs[run].x.upperBound)
                    others[before].x = others[before].x.lowerBound..<end
                }
                continue
            }
            let text = runs[run].text
            others[run].text =
                (text.first?.isWhitespace == true ? " " : "") + words.map(\.0).joined(separator: " ")
                + (text.last?.isWhitespace == true ? " " : "")
            let start = neighbor(of: run, isRight: false) == nil ? first.1.lowerBound : runs[run].x.lowerBound
            let end = neighbor(of: run, isRight: true) == nil ? last.1.upperBound : runs[run].x.upperBound
            others[run].x = start..<max(start, end)
        }
        return others.filter { !$0.text.isEmpty }
    }

    private mutating func strike(along rule: PDFRules.Rule) {
        guard rule.isStroke else { return }
        var crossed: [(run: Int, word: Int, x: Range<Double>, rest: Substring)] = []
        var hasLetters = false
        for run in runs(near: rule.position) where runs[run].x.overlap(rule.range) > 0 {
            let y = runs[run].y
            let middle = (y.lowerBound + y.length / 3)..<(y.upperBound - y.length / 3)
            guard middle.contains(rule.position), rule.thickness <= y.length * Self.maximumThickness else { continue }
            for (number, word) in runs[run].words(in: words).enumerated() {
                let part = word.x.overlap(rule.range) / max(word.x.length, 1)
                if part > Self.maximumPartOfOther, let (letters, rest) = partlyStruck(word, along: rule) {
                    crossed.append((run, number, letters, rest))
                    hasLetters = hasLetters || word.text.contains { $0.isLetter || $0.isNumber }
                } else if part >= Self.crossedPart {
                    let end = word.x.upperBound - word.x.length / Double(word.text.count) / 2
                    let hasMark = rule.range.upperBound < end && word.text.last?.isPunctuation == true
                    crossed.append((run, number, word.x, word.text.suffix(hasMark ? 1 : 0)))
                    hasLetters = hasLetters || word.text.contains { $0.isLetter || $0.isNumber }
                } else if part > Self.maximumPartOfOther {
                    return
                }
            }
        }
        guard hasLetters, let start = crossed.map(\.x.lowerBound).min(), let end = crossed.map(\.x.upperBound).max(),
            let size = crossed.map({ runs[$0.run].size }).max()
        else { return }
        // A line that goes on beside the text is one of a drawing or between two texts.
        let excess = size * Self.maximumExcess
        guard rule.range.lowerBound > start - excess, rule.range.upperBound < end + excess,
            crossed.reduce(0, { $0 + $1.x.length }) >= rule.range.length * Self.minimumPart
        else { return }
        for (run, word, letters, rest) in crossed {
            struck[run, default: [:]][word] = rest
            let place = runs[run].words(in: words)[word].x
            guard rest.count > 1, letters.length > place.length * 0.5, letters.length < place.length else { continue }
            let isEnd = letters.lowerBound == place.lowerBound
            let x = isEnd ? letters.upperBound..<place.upperBound : place.lowerBound..<letters.lowerBound
            rests.append((x, runs[run].y))
        }
        areas.append((rule.range, runs[crossed[0].run].y))
    }

    /// The place of the struck letters at the start or the end of a word, and its other letters; nil if all or none are
    /// struck.
    private func partlyStruck(
        _ word: (text: Substring, x: Range<Double>),
        along rule: PDFRules.Rule
    ) -> (letters: Range<Double>, rest: Substring)? {
        let edges = LetterEdges(of: word.text, at: word.x)
        guard let letters = edges.covered(by: rule.range), letters.count < word.text.count else { return nil }
        let rest = letters.lowerBound == 0 ? word.text.dropFirst(letters.count) : word.text.dropLast(letters.count)
        guard rest.contains(where: { $0.isLetter || $0.isNumber || $0.isCurrencySymbol }) else { return nil }
        return (edges.edges[letters.lowerBound]..<edges.edges[letters.upperBound], rest)
    }

    /// The runs around a height.
    private func runs(near y: Double) -> ArraySlice<Int> {
        var (low, high) = (0, order.count)
        while low < high {
            let middle = (low + high) / 2
            if runs[order[middle]].y.middle < y - maximumHeight / 2 { low = middle + 1 } else { high = middle }
        }
        return order[low...].prefix { runs[$0].y.middle <= y + maximumHeight / 2 }
    }

    /// A run of the same line that abuts a run at a side.
    private func neighbor(of run: Int, isRight: Bool) -> Int? {
        let place = runs[run]
        return runs(near: place.y.middle).first { other in
            let gap =
                isRight
                ? runs[other].x.lowerBound - place.x.upperBound : place.x.lowerBound - runs[other].x.upperBound
            return other != run && place.y.overlap(runs[other].y) > min(place.y.length, runs[other].y.length) * 0.5
                && abs(gap) < place.size * Self.maximumGap && struck[other] == nil
        }
    }
}
