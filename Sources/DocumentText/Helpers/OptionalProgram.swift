internal import Foundation

/// An optional program that reads some formats, where it is installed.
public enum OptionalProgram: Sendable, Hashable, CaseIterable {
    /// LibreOffice's word processor.
    case writer
    /// LibreOffice's spreadsheets.
    case calc
    /// LibreOffice's presentations.
    case impress
    /// The OCR of scans.
    case tesseract

    /// The program's name.
    public var name: String {
        switch self {
        case .writer: "LibreOffice Writer"
        case .calc: "LibreOffice Calc"
        case .impress: "LibreOffice Impress"
        case .tesseract: "tesseract"
        }
    }

    /// The program's Debian package.
    public var debianPackage: String {
        switch self {
        case .writer: "libreoffice-writer-nogui"
        case .calc: "libreoffice-calc-nogui"
        case .impress: "libreoffice-impress-nogui"
        case .tesseract: "tesseract-ocr"
        }
    }

    /// The program's purpose, such as `.doc, .rtf and .odt files`.
    public var purpose: String {
        switch self {
        case .tesseract: "scanned pages of PDFs"
        case .writer, .calc, .impress: fileExtensions.map { ".\($0)" }.listed + " files"
        }
    }

    /// The extensions of the files that only the program reads, without their dots.
    public var fileExtensions: [String] {
        switch self {
        case .writer: ["doc", "rtf", "odt", "dot", "ott"]
        case .calc: ["xls", "ods", "xlsb", "xlt", "ots"]
        case .impress: ["ppt", "odp", "pps", "pot", "otp"]
        case .tesseract: []
        }
    }

    /// The extension of the present format to which the program converts files of ``fileExtensions``.
    public var presentExtension: String? {
        switch self {
        case .writer: "docx"
        case .calc: "xlsx"
        case .impress: "pptx"
        case .tesseract: nil
        }
    }

    /// The programs that are installed on this machine.
    public static var installed: Set<OptionalProgram> { Set(allCases.filter(\.isInstalled)) }

    /// Whether the program is installed on this machine.
    public var isInstalled: Bool {
        switch self {
        case .tesseract: HelperProgram.tesseract.path != nil
        case .writer: Self.hasLibreOffice(module: "libswlo")
        case .calc: Self.hasLibreOffice(module: "libsclo")
        case .impress: Self.hasLibreOffice(module: "libsdlo")
        }
    }

    /// Whether LibreOffice is installed with a module, which is in a Debian package of its own.
    private static func hasLibreOffice(module: String) -> Bool {
        guard let program = HelperProgram.soffice.path else { return false }
        #if os(Linux)
            let folder = URL(filePath: program).resolvingSymlinksInPath().deletingLastPathComponent()
            return FileManager.default.fileExists(atPath: folder.appending(path: "\(module).so").path)
        #else
            return true
        #endif
    }
}
