/// Reads scanned pages of a PDF: `pdftoppm` renders them, one at a time, and tesseract recognizes the text.
struct ScanReader: Sendable {
    /// The limits of reading.
    let limits: ExtractionLimits
    /// The languages in tesseract's form, such as `deu+eng`; nil to detect them.
    let languages: String?

    /// The result of reading pages.
    struct Outcome: Sendable {
        /// The pages' text, by their numbers.
        var pages: [Int: RecognizedPage] = [:]
        /// The warnings of reading.
        var warnings: [String] = []
    }

    /// The resolution of the images, in dots per inch.
    private static let resolution = 200.0
    /// The maximum side of an image in dots; larger pages have a lower resolution.
    private static let maximumDots = 5_000.0
    /// The confidence, of 100, below which a page has a warning.
    private static let minimumConfidence = 75.0

    /// Reads pages.
    ///
    /// - Parameters:
    ///   - pages: The pages, in their order.
    ///   - path: The PDF's path.
    ///   - text: The document's text so far.
    /// - Returns: The pages' text, and warnings.
    /// - Throws: `ExtractionError` if tesseract or a language of the setting is not installed.
    func read(_ pages: [PDFPage], at path: String, beside text: String) async throws(ExtractionError) -> Outcome {
        let known = RecognitionLanguages(
            list: try await HelperProgram.tesseract.run(["--list-langs"], within: limits).output
        )
        let start = ContinuousClock.now
        var chosen = try given(known) ?? known.languages(for: text)
        var used = chosen ?? []
        var outcome = Outcome()
        var unread: [Int] = []
        var late: [Int] = []
        var empty: [Int] = []
        for (position, page) in pages.enumerated() {
            guard position < limits.scannedPages, .now - start < limits.scanTime else {
                late.append(page.number)
                continue
            }
            if chosen == nil { used = try await candidates(page, at: path, known) }
            guard var read = try await read(page, at: path, in: used) else {
                unread.append(page.number)
                continue
            }
            if chosen == nil, !read.runs.isEmpty {
                chosen = known.languages(for: read.runs.map(\.text).joined(separator: " "))
                if let chosen, chosen != used {
                    read = try await self.read(page, at: path, in: chosen) ?? read
                    used = chosen
                }
            }
            if read.runs.isEmpty { empty.append(page.number) } else { outcome.pages[page.number] = read }
        }
        outcome.warnOfPagesRead(in: used, minimumConfidence: Self.minimumConfidence)
        outcome.warn(
            of: empty,
            one: "holds a picture in which tesseract finds no text.",
            many: "hold pictures in which tesseract finds no text."
        )
        outcome.warn(
            of: unread,
            one: "is a scan that tesseract could not read: it was left out.",
            many: "are scans that tesseract could not read: they were left out."
        )
        let bounds = "\(limits.scannedPages) scanned pages are read, in \(limits.scanTime)."
        outcome.warn(
            of: late,
            one: "is a scan and was left out: at most \(bounds)",
            many: "are scans and were left out: at most \(bounds)"
        )
        return outcome
    }

    /// The languages of the setting; nil if it is not set.
    private func given(_ known: RecognitionLanguages) throws(ExtractionError) -> [String]? {
        guard let given = languages?.split(separator: "+").map({ String($0) }), !given.isEmpty else { return nil }
        let missing = given.filter { !known.installed.contains($0) }
        guard missing.isEmpty else {
            let packages = missing.map { "tesseract-ocr-" + $0.replacing("_", with: "-") }
            throw .server("Scans are to be read in languages that tesseract lacks: install \(packages.listed).")
        }
        return given
    }

    /// The languages of a page's script.
    private func candidates(
        _ page: PDFPage,
        at path: String,
        _ known: RecognitionLanguages
    ) async throws(ExtractionError) -> [String] {
        guard known.hasSeveralScripts else { return known.candidates(script: nil) }
        let outcome = try await recognize(page, at: path, ["--psm", "0"])
        let lines = String(decoding: outcome?.output ?? [], as: UTF8.self).split(separator: "\n")
        let script = lines.first { $0.hasPrefix("Script: ") }.map { String($0.dropFirst(8)) }
        return known.candidates(script: script)
    }

    /// Reads a page in given languages; nil if it cannot be read.
    private func read(
        _ page: PDFPage,
        at path: String,
        in languages: [String]
    ) async throws(ExtractionError) -> RecognizedPage? {
        let arguments = ["-l", languages.joined(separator: "+"), "--psm", "1", "hocr"]
        guard let outcome = try await recognize(page, at: path, arguments), outcome.exitCode == 0 else { return nil }
        return RecognizedPage(hocr: outcome.output, scale: ScannedPages.unitsPerInch / resolution(of: page))
    }

    /// Runs tesseract on the image of a page; nil if that exceeds a limit.
    private func recognize(
        _ page: PDFPage,
        at path: String,
        _ arguments: [String]
    ) async throws(ExtractionError) -> HelperProgram.Outcome? {
        let dots = "\(Int(resolution(of: page)))"
        do throws(ExtractionError) {
            return try await HelperProgram.shell.run(
                ["-c", Self.script, "sh", dots, "\(page.number)", HelperProgram.fileArgument(path)] + arguments,
                within: limits
            )
        } catch {
            if error.code == .serverError { throw error }
            return nil
        }
    }

    /// Pipes the image of a page to tesseract, which uses one thread.
    private static let script = """
        dots=$1 page=$2 file=$3; shift 3; export OMP_THREAD_LIMIT=1
        pdftoppm -q -r "$dots" -gray -f "$page" -l "$page" "$file" | tesseract stdin stdout --dpi "$dots" "$@"
        """

    private func resolution(of page: PDFPage) -> Double {
        let inches = max(page.width, page.height) / ScannedPages.unitsPerInch
        return max(20, min(Self.resolution, (Self.maximumDots / max(1, inches)).rounded(.down)))
    }
}

extension ScanReader.Outcome {
    /// The warnings about the pages that were read.
    ///
    /// - Parameters:
    ///   - languages: The languages of the pages that were read.
    ///   - minimumConfidence: The confidence below which a page has a warning.
    fileprivate mutating func warnOfPagesRead(in languages: [String], minimumConfidence: Double) {
        let words = "read by tesseract, with \(languages.joined(separator: "+"))."
        warn(of: pages.keys.sorted(), one: "is a scan: it was \(words)", many: "are scans: they were \(words)")
        let doubtful = pages.filter { $0.value.confidence < minimumConfidence }.keys.sorted()
        warn(of: doubtful, one: "is hard to read: words may be wrong.", many: "are hard to read: words may be wrong.")
    }

    /// The warning about pages, if there are any.
    fileprivate mutating func warn(of pages: [Int], one: String, many: String) {
        guard !pages.isEmpty else { return }
        warnings.append("\(PageList(pages)) \(pages.count == 1 ? one : many)")
    }
}

/// Page numbers as a text: `Pages 2, 3 and 7 to 9`.
struct PageList: CustomStringConvertible {
    private let numbers: [Int]

    /// Creates a list of ascending numbers.
    init(_ numbers: [Int]) {
        self.numbers = numbers
    }

    var isEmpty: Bool { numbers.isEmpty }
    var isOne: Bool { numbers.count == 1 }

    var description: String {
        var ranges: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = ranges.last, number == last.upperBound + 1 {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        let parts = ranges.flatMap { range -> [String] in
            switch range.count {
            case 1: ["\(range.lowerBound)"]
            case 2: ["\(range.lowerBound)", "\(range.upperBound)"]
            default: ["\(range.lowerBound) to \(range.upperBound)"]
            }
        }
        return (isOne ? "Page " : "Pages ") + parts.listed
    }
}

extension [String] {
    /// The elements as an enumeration: `a, b and c`.
    var listed: String {
        guard let last, count > 1 else { return first ?? "" }
        return dropLast().joined(separator: ", ") + " and " + last
    }
}
