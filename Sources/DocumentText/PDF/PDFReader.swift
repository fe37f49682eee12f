/// Reads a PDF through poppler's `pdftohtml`, which tells the place, size and weight of each piece of text.
package struct PDFReader: Sendable {
    /// What reading may cost.
    var limits: ExtractionLimits

    /// How much of a file that cannot be read is searched for the reason, in bytes.
    private static let searchedBytes = 32 << 20

    /// The document in a PDF.
    ///
    /// - Throws: `ExtractionError` if the file is not a PDF, is encrypted, is beyond the limits, or holds only pictures.
    func document(at path: String) async throws(ExtractionError) -> ExtractedDocument {
        let file = HelperProgram.fileArgument(path)
        let outcome = try await HelperProgram.pdftohtml.run(
            ["-q", "-xml", "-i", "-hidden", "-nodrm", "-noroundcoord", "-enc", "UTF-8", "-stdout", file],
            within: limits
        )
        guard outcome.exitCode == 0 else { throw unreadable(path) }
        let document = try Self.document(ofMarkup: outcome.output, limits: limits)
        guard document.blocks.isEmpty else { return document }
        // The list of pictures has a head of two lines.
        let pictures = try await HelperProgram.pdfimages.run(["-list", file], within: limits)
        guard pictures.output.count(where: { $0 == UInt8(ascii: "\n") }) > 2 else {
            throw .invalid("No text could be read from the file: it is damaged, or its pages are blank.")
        }
        throw .invalid("No text found in the file: it may be a scan.")
    }

    /// The document that `pdftohtml -xml` has printed.
    ///
    /// - Throws: `ExtractionError` if it becomes more text than allowed.
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
        return .invalid("The file is protected with a password: save it without one.")
    }
}
