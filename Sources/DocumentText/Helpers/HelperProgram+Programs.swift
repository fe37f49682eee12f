internal import Foundation

extension HelperProgram {
    static let pdftohtml = HelperProgram(name: "pdftohtml", package: "poppler-utils")
    static let pdfimages = HelperProgram(name: "pdfimages", package: "poppler-utils")
    static let pdfdetach = HelperProgram(name: "pdfdetach", package: "poppler-utils")
    static let tesseract = HelperProgram(name: "tesseract", package: "tesseract-ocr")
    static let soffice = HelperProgram(name: "soffice", package: "libreoffice-writer-nogui")
    static let shell = HelperProgram(name: "sh", package: "dash")

    /// Where programs are looked for.
    static let searchPath = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin"

    /// Where the program is; nil if it is not installed.
    var path: String? {
        Self.searchPath.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }
}
