/// A file's format, which its name alone decides, as OpenAI does it.
package enum DocumentFormat: Sendable, Hashable {
    case plainText, markdown, html, json, tex, csv, sourceCode, mail, pdf, docx, pptx, xlsx
    /// A format that a program converts to a present format of Office.
    case older(OptionalProgram, fileExtension: String)

    /// Creates the format of a file of this name.
    ///
    /// - Throws: `ExtractionError` if the format is not supported.
    package init(filename: String) throws(ExtractionError) {
        let name = filename.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else {
            throw .unsupported("Files without an extension are not supported.")
        }
        let fileExtension = name[name.index(after: dot)...].lowercased()
        switch fileExtension {
        case "txt": self = .plainText
        case "md", "markdown", "mdx": self = .markdown
        case "html", "htm", "xhtml": self = .html
        case "csv", "tsv": self = .csv
        case "json", "jsonl", "ndjson": self = .json
        case "tex": self = .tex
        case "eml", "mht", "mhtml": self = .mail
        case "pdf": self = .pdf
        // With macros, which are not read, and templates.
        case "docx", "docm", "dotx", "dotm": self = .docx
        case "pptx", "pptm", "potx", "potm", "ppsx", "ppsm": self = .pptx
        case "xlsx", "xlsm", "xltx", "xltm": self = .xlsx
        case "c", "cpp", "cs", "css", "go", "java", "js", "php", "py", "rb", "sh", "ts": self = .sourceCode
        case "msg":
            throw .unsupported("Outlook's own files (.msg) are not supported: save the message as .eml or .pdf.")
        case "png", "jpg", "jpeg", "tif", "tiff", "gif", "bmp", "webp", "heic":
            throw .unsupported("Pictures (.\(fileExtension)) are not supported: save a scanned document as .pdf.")
        default:
            if let program = OptionalProgram.allCases.first(where: { $0.fileExtensions.contains(fileExtension) }) {
                self = .older(program, fileExtension: fileExtension)
                return
            }
            throw .unsupported("Files with the extension .\(fileExtension.prefix(16)) are not supported.")
        }
    }

    /// Whether reading a file of the format may start LibreOffice.
    package var mayStartLibreOffice: Bool {
        switch self {
        // A message may have documents of older formats attached.
        case .older, .mail: true
        case .plainText, .markdown, .html, .json, .tex, .csv, .sourceCode, .pdf, .docx, .pptx, .xlsx: false
        }
    }
}
