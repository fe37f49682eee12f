/// The text that tesseract recognized on a page, from its hOCR: lines of words with their positions.
struct RecognizedPage: Sendable {
    /// The runs of text, in the units of the PDF's page.
    private(set) var runs: [PDFRun] = []
    /// Tesseract's confidence in the words, from 0 to 100, averaged over their letters.
    private(set) var confidence = 0.0

    /// The confidence below which a word is not text.
    private static let minimumConfidenceOfWord = 25.0
    /// The average confidence below which a line is not text.
    private static let minimumConfidenceOfLine = 45.0

    /// Reads the hOCR of one page.
    ///
    /// - Parameters:
    ///   - hocr: Tesseract's output.
    ///   - scale: The units of the page per dot of the image.
    init(hocr: [UInt8], scale: Double) {
        var tokens = MarkupTokenizer(hocr)
        var line: Line?
        var word: Word?
        var sum = 0.0
        var letters = 0
        func end() {
            guard let ended = line, ended.confidence >= Self.minimumConfidenceOfLine else { return }
            runs += ended.runs(scale: scale)
            sum += ended.confidence * Double(ended.letters)
            letters += ended.letters
        }
        while let token = tokens.next() {
            switch token {
            case .start("span", let attributes, _):
                let properties = Properties(attributes["title"] ?? "")
                if attributes["class"] == "ocrx_word" {
                    word = properties.box.map { Word(text: "", x: $0.x, confidence: properties.confidence) }
                } else if let box = properties.box {
                    end()
                    line = Line(box: box, properties)
                }
            case .text(let text): word?.text += text
            case .end("span"):
                guard var ended = word else { continue }
                word = nil
                ended.text = ended.text.onOneLine
                if !ended.text.isEmpty, ended.confidence >= Self.minimumConfidenceOfWord { line?.words.append(ended) }
            default: break
            }
        }
        end()
        confidence = letters > 0 ? sum / Double(letters) : 0
    }

    /// The runs that do not overlap others.
    func runs(beside others: [PDFRun]) -> [PDFRun] {
        runs.filter { run in
            !others.contains { other in
                other.y.overlap(run.y) > min(other.y.length, run.y.length) * 0.3
                    && other.x.overlap(run.x) > min(other.x.length, run.x.length) * 0.3
            }
        }
    }

    private struct Word {
        var text: String
        var x: Range<Double>
        var confidence: Double
    }

    /// The properties in a `title` of hOCR: `bbox 1 2 3 4; x_size 29; x_wconf 96`.
    private struct Properties {
        var box: (x: Range<Double>, y: Range<Double>)?
        var baseline: (slope: Double, offset: Double) = (0, 0)
        var size: Double?
        var confidence = 0.0

        init(_ title: String) {
            for property in title.split(separator: ";") {
                let words = property.split(separator: " ")
                let numbers = words.dropFirst().compactMap { Double($0) }.filter(\.isFinite)
                switch words.first {
                case "bbox" where numbers.count == 4 && numbers[0] <= numbers[2] && numbers[1] <= numbers[3]:
                    box = (numbers[0]..<numbers[2], numbers[1]..<numbers[3])
                case "baseline" where numbers.count == 2: baseline = (numbers[0], numbers[1])
                case "x_size": size = numbers.first
                case "x_wconf": confidence = numbers.first ?? 0
                default: break
                }
            }
        }
    }

    private struct Line {
        let x: Range<Double>
        let y: Range<Double>
        /// The height of the type from ascender to descender.
        let size: Double
        let baseline: (slope: Double, offset: Double)
        var words: [Word] = []

        /// The maximum gap between words of a column, in type sizes.
        private static let maximumGap = 1.0

        init(box: (x: Range<Double>, y: Range<Double>), _ properties: Properties) {
            (x, y) = box
            size = max(1, properties.size ?? box.y.length)
            baseline = properties.baseline
        }

        var letters: Int { words.reduce(0) { $0 + $1.text.unicodeScalars.count } }

        var confidence: Double {
            guard letters > 0 else { return 0 }
            return words.reduce(0) { $0 + $1.confidence * Double($1.text.unicodeScalars.count) } / Double(letters)
        }

        /// The words, joined within a column.
        func runs(scale: Double) -> [PDFRun] {
            var pieces: [(text: String, x: Range<Double>)] = []
            for word in words {
                if let last = pieces.last, word.x.lowerBound - last.x.upperBound < size * Self.maximumGap {
                    pieces[pieces.count - 1] = (last.text + " " + word.text, last.x.union(word.x))
                } else {
                    pieces.append((word.text, word.x))
                }
            }
            return pieces.map { piece in
                // All lines of a size have the same height, whatever their letters.
                let base =
                    y.upperBound + baseline.offset + baseline.slope * (piece.x.lowerBound - x.lowerBound)
                return PDFRun(
                    text: piece.text,
                    x: (piece.x.lowerBound * scale)..<(piece.x.upperBound * scale),
                    y: ((base - size * 0.9) * scale)..<((base + size * 0.25) * scale),
                    size: size * scale,
                    isBold: false
                )
            }
        }
    }
}

extension [RecognizedPage] {
    /// The pages with one size for all type that is about as large as most of it.
    ///
    /// The type sizes of a scan are measured, and differ slightly from line to line.
    var withEvenSizes: [RecognizedPage] {
        var letters: [Int: Int] = [:]
        for run in lazy.flatMap(\.runs) { letters[Int(run.size.rounded()), default: 0] += run.text.utf8.count }
        let sizes = letters.sorted { $0.key < $1.key }
        let half = sizes.reduce(0) { $0 + $1.value } / 2
        var sum = 0
        guard
            let middle = sizes.first(where: {
                sum += $0.value; return sum > half
            }).map({ Double($0.key) })
        else {
            return self
        }
        return map { $0.with(size: middle) }
    }
}

extension RecognizedPage {
    /// The maximum deviation of a measured size.
    private static let unevenness = 0.2

    fileprivate func with(size: Double) -> RecognizedPage {
        var page = self
        for position in page.runs.indices {
            let run = page.runs[position]
            // Larger sizes are grouped as well, so that similar headings have one level.
            let steps = ((run.size / size - 1) / Self.unevenness).rounded()
            page.runs[position].size = abs(steps) < 1 ? size : size * (1 + steps * Self.unevenness)
        }
        return page
    }
}
