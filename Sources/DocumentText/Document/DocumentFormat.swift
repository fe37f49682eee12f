/// How a file is read, decided by its name alone, as OpenAI does.
package enum DocumentFormat: Sendable, Hashable {
    case plainText, markdown, html, json, tex, csv, sourceCode, pdf, docx, pptx, xlsx

    /// The format of a file of this name.
    ///
    /// - Throws: `ExtractionError` if files of this name are not read.
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
        case "json": self = .json
        case "tex": self = .tex
        case "pdf": self = .pdf
        case "docx": self = .docx
        case "pptx": self = .pptx
        case "xlsx": self = .xlsx
        case "c", "cpp", "cs", "css", "go", "java", "js", "php", "py", "rb", "sh", "ts": self = .sourceCode
        case "doc":
            throw .unsupported("Word 97-2003 files (.doc) are not supported: save the document as .docx.")
        case "ppt", "xls":
            throw .unsupported(
                "Office 97-2003 files (.\(fileExtension)) are not supported: save it as .\(fileExtension)x."
            )
        case "odt", "ods", "odp", "rtf":
            throw .unsupported(
                "Files with the extension .\(fileExtension) are not supported: save it as .docx, .xlsx or .pdf."
            )
        default:
            throw .unsupported("Files with the extension .\(fileExtension.prefix(16)) are not supported.")
        }
    }
}
