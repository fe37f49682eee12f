/// Reads documents of Office 97–2003, of OpenDocument, .rtf and .xlsb, which LibreOffice converts.
///
/// Many .doc and .xls files are of another format: a web page or a text that a program exported under that name, or a
/// document of a present format. Such a file is read in its actual format.
struct OlderOfficeReader: Sendable {
    /// The limits of reading.
    let limits: ExtractionLimits
    /// Reads a file of another format, which the name decides.
    let readOther: @Sendable (_ path: String, _ filename: String) async throws(ExtractionError) -> ExtractedDocument

    /// The document of a file.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - program: The part of LibreOffice that reads files of this name.
    ///   - fileExtension: The name's extension.
    /// - Returns: The document.
    /// - Throws: `ExtractionError` if LibreOffice is not installed, or the file cannot be read.
    func document(
        at path: String,
        by program: OptionalProgram,
        fileExtension: String
    ) async throws(ExtractionError) -> ExtractedDocument {
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.first(limits.textBytes, at: path)
        } catch {
            throw .server("The stored file cannot be read.")
        }
        if let protection = CompoundFile(bytes)?.protection { throw protection }
        let isOpenDocument = fileExtension.hasPrefix("od") || fileExtension.hasPrefix("ot")
        let isArchive = isOpenDocument || fileExtension == "xlsb"
        let content = DisguisedContent(bytes)
        if let content, !(isArchive && content == .archive) {
            return try await readOther(path, "file." + content.fileExtension(in: program))
        }
        let folder = WorkingFolder()
        defer { folder.remove() }
        let isRichText = bytes.starts(with: "{\\rtf".utf8)
        let visible =
            isOpenDocument && program == .writer
            ? try OpenDocumentText.copy(ofVisibleTextAt: path, limits: limits, in: folder) : nil
        let converted = try await OfficeConverter(limits: limits, program: program).convert(
            fileAt: visible ?? path,
            fileExtension: isRichText ? "rtf" : fileExtension,
            in: folder
        )
        switch program {
        case .writer, .tesseract:
            var document = try await WordReader(limits: limits).document(at: converted)
            let warning = "Text that is hidden or struck out was left out."
            if visible != nil, !document.warnings.contains(warning) { document.warnings.append(warning) }
            return document
        case .calc: return try await WorkbookReader(limits: limits).document(at: converted)
        case .impress: return try await SlidesReader(limits: limits).document(at: converted)
        }
    }
}

/// The actual format of a file with the name of an older format.
enum DisguisedContent: Hashable {
    case archive, pdf, page, message, text

    private static let searchedBytes = 2_048

    /// Recognizes the content; nil if LibreOffice reads it.
    init?(_ bytes: [UInt8]) {
        guard !bytes.starts(with: "{\\rtf".utf8), !CompoundFile.isOne(bytes) else { return nil }
        if bytes.starts(with: "PK\u{3}\u{4}".utf8) {
            self = .archive
            return
        }
        if bytes.starts(with: "%PDF".utf8) {
            self = .pdf
            return
        }
        guard let text = try? TextDecoder.text(from: bytes, isMarkup: true) else { return nil }
        let start = text.drop(while: \.isWhitespace).prefix(Self.searchedBytes).lowercased()
        if start.hasPrefix("<") {
            // Word and Excel 2003 have XML formats, which LibreOffice reads.
            let isOfOffice = start.hasPrefix("<?xml") && !start.contains("<html")
            guard !isOfOffice else { return nil }
            self = .page
        } else if start.contains("mime-version:"), start.contains("content-type:") {
            self = .message
        } else {
            self = .text
        }
    }

    /// The extension for the content.
    func fileExtension(in program: OptionalProgram) -> String {
        switch self {
        case .archive: program.presentExtension ?? "docx"
        case .pdf: "pdf"
        case .page: "html"
        case .message: "mht"
        case .text: program == .calc ? "csv" : "txt"
        }
    }
}
