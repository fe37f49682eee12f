/// Reads a PDF with poppler's `pdftohtml`, which prints the position, size and weight of each run of text, and its
/// scanned pages with tesseract, where it is installed.
package struct PDFReader: Sendable {
    /// The limits of reading.
    var limits: ExtractionLimits
    /// The languages of scans in tesseract's form; nil to detect them.
    var scanLanguages: String?
    /// The program that reads scans.
    var recognizer = HelperProgram.tesseract

    /// The size of the part of an unreadable file that is searched for the reason, in bytes.
    private static let searchedBytes = 32 << 20

    /// The maximum number of pages whose edges are read.
    private static let maximumPages = 20_000
    /// The error of a form that only Adobe's programs show.
    private static let dynamicForm = ExtractionError.invalid(
        "The file is a dynamic XFA form, which only Adobe's programs show: what can be read of it is only a note. "
            + "Print it from Adobe Reader into a PDF."
    )

    /// The document of a PDF.
    ///
    /// - Throws: `ExtractionError` if the file is not a PDF, is encrypted, exceeds the limits, or has no readable text.
    func document(at path: String) async throws(ExtractionError) -> ExtractedDocument {
        async let shownText = shownText(at: path)
        async let readInformation = information(of: path)
        let outcome = try await text(at: path, ["-hidden"])
        guard outcome.exitCode == 0 else { throw unreadable(path) }
        let information = await readInformation
        var markup = PDFMarkup(outcome.output, showing: information.shownAreas)
        let shown = await shownText
        // Most documents have no hidden text.
        var hasHidden = false
        if shown != outcome.output {
            hasHidden = try await removeHiddenText(
                from: &markup,
                PDFMarkup(shown, showing: information.shownAreas),
                path
            )
        }
        if try await ProtectedPayload.isCover(of: path, pages: markup.pages.count, within: limits) {
            throw ProtectedPayload.error
        }
        if information.isXFA, markup.isNoteOfXFA { throw Self.dynamicForm }
        var warnings: [String] = []
        let scans = try await scans(in: markup, at: path)
        if !scans.isEmpty {
            do throws(ExtractionError) {
                warnings = try await read(scans, into: &markup, at: path)
            } catch {
                guard markup.pages.contains(where: { !$0.runs.isEmpty }) else { throw error }
                let pages = PageList(scans.map(\.number))
                warnings = ["\(pages) \(pages.isOne ? "is a scan" : "are scans") and left out. \(error.message)"]
            }
        }
        let scanned = Set(scans.map(\.number))
        let (isStruck, unruled) = await RuledPages(limits: limits, scans: scanned).addRules(to: &markup, at: path)
        if isStruck || hasHidden || markup.hasTextOutside {
            warnings.append("Text that is hidden or struck out was left out.")
        }
        if !unruled.isEmpty {
            warnings.append("\(unruled) could not be drawn in time: tables there are read without their lines.")
        }
        if !markup.watermarks.isEmpty {
            let texts = markup.watermarks.map { "“\($0)”" }.listed
            warnings.append("Text across pages was left out as a watermark: \(texts).")
        }
        if let warning = await EmbeddedFiles.warning(of: path, pages: markup.pages.count, within: limits) {
            warnings.append(warning)
        }
        let bare = PageList(markup.pages.filter { $0.runs.isEmpty && !scanned.contains($0.number) }.map(\.number))
        if !bare.isEmpty { warnings.append("\(bare) \(bare.isOne ? "has" : "have") neither text nor a picture.") }
        var document = try PDFDocument.document(of: markup, limits: limits)
        guard !document.blocks.isEmpty else {
            throw .invalid(
                scans.isEmpty
                    ? "No text could be read from the file: it is damaged, or its pages are blank."
                    : "No text could be read from the file: its pages are pictures in which tesseract finds no text."
            )
        }
        document.warnings = warnings + document.warnings
        return document
    }

    /// What `pdfinfo` tells of a file; nothing if it fails.
    private func information(of path: String) async -> PDFInformation {
        let arguments = ["-box", "-f", "1", "-l", "\(Self.maximumPages)", HelperProgram.fileArgument(path)]
        guard let outcome = try? await HelperProgram.pdfinfo.run(arguments, within: limits), outcome.exitCode == 0
        else {
            return PDFInformation()
        }
        return PDFInformation(list: outcome.output)
    }

    /// The output of `pdftohtml` for the text of a file that is not hidden; empty if it fails.
    private func shownText(at path: String) async -> [UInt8] {
        guard let outcome = try? await text(at: path, []), outcome.exitCode == 0 else { return [] }
        return outcome.output
    }

    /// Removes the hidden text of pages, but not that of scans, and returns whether there was any.
    private func removeHiddenText(
        from markup: inout PDFMarkup,
        _ shown: PDFMarkup,
        _ path: String
    ) async throws(ExtractionError) -> Bool {
        let pages = markup.pagesWithHiddenText(besides: shown)
        guard !pages.isEmpty else { return false }
        let list = try await HelperProgram.pdfimages.run(["-list", HelperProgram.fileArgument(path)], within: limits)
        let pictures = ScannedPages(list: list.output, pages: markup.pages)
        let read = pages.filter { !pictures.cover(markup.pages[$0]) }
        for page in read { markup.pages[page] = shown.pages[page] }
        return !read.isEmpty
    }

    /// The outcome of `pdftohtml` for the text of a file.
    private func text(
        at path: String,
        _ options: [String]
    ) async throws(ExtractionError) -> HelperProgram.Outcome {
        try await HelperProgram.pdftohtml.run(
            ["-q", "-xml", "-i", "-nodrm", "-noroundcoord", "-enc", "UTF-8", "-stdout"] + options
                + [HelperProgram.fileArgument(path)],
            within: limits
        )
    }

    /// The pages that are scans.
    private func scans(in markup: PDFMarkup, at path: String) async throws(ExtractionError) -> [PDFPage] {
        guard markup.pages.contains(where: ScannedPages.mayContain) else { return [] }
        let list = try await HelperProgram.pdfimages.run(["-list", HelperProgram.fileArgument(path)], within: limits)
        let scanned = ScannedPages(list: list.output, pages: markup.pages)
        return markup.pages.filter { scanned.contains($0) }
    }

    /// Reads scanned pages, and returns warnings.
    private func read(
        _ scans: [PDFPage],
        into markup: inout PDFMarkup,
        at path: String
    ) async throws(ExtractionError) -> [String] {
        guard recognizer.path != nil else {
            throw .server("Scans are read by tesseract, which is not installed: install the package tesseract-ocr.")
        }
        let text = markup.pages.lazy.flatMap(\.runs).map(\.text).joined(separator: " ")
        let outcome = try await ScanReader(limits: limits, languages: scanLanguages).read(scans, at: path, beside: text)
        let numbers = outcome.pages.keys.sorted()
        let recognized = numbers.compactMap { outcome.pages[$0] }.withEvenSizes
        for (number, read) in zip(numbers, recognized) {
            guard let index = markup.pages.firstIndex(where: { $0.number == number }) else { continue }
            markup.pages[index].runs += read.runs(beside: markup.pages[index].runs)
        }
        return outcome.warnings
    }

    /// The document of the output of `pdftohtml -xml`.
    ///
    /// - Throws: `ExtractionError` if its text exceeds the limits.
    package static func document(
        ofMarkup markup: [UInt8],
        limits: ExtractionLimits
    ) throws(ExtractionError) -> ExtractedDocument {
        try PDFDocument.document(of: PDFMarkup(markup), limits: limits)
    }

    private func unreadable(_ path: String) -> ExtractionError {
        let bytes = (try? FileBytes.first(Self.searchedBytes, at: path)) ?? []
        guard bytes.starts(with: "%PDF".utf8), FileBytes.contain(bytes, Array("/Encrypt".utf8)) else {
            return .invalid("The file is damaged: it is not a whole PDF.")
        }
        if FileBytes.contain(bytes, Array("/MicrosoftIRMServices".utf8)) { return ProtectedPayload.error }
        return .invalid("The file is protected with a password: save it without one.")
    }
}
