internal import Foundation
internal import PolicyAssistant
internal import Voice

/// The command with which this program starts itself to read a document in a process of its own.
enum ReaderCommand {
    /// The name of the subcommand.
    static let name = "read-document"

    /// Returns the program and its arguments that precede the document's path and name.
    ///
    /// - Parameters:
    ///   - settings: The settings, with the languages of scans.
    ///   - structure: Whether the process writes the document's structure instead of its text.
    /// - Returns: The program's path and the arguments.
    static func arguments(_ settings: Settings, structure: Bool = false) -> [String] {
        let languages = settings.ocrLanguages.map { ["--ocr-languages", $0] } ?? []
        // What follows "--" is not an option, whatever the document's name is.
        return [program, name] + (structure ? ["--structure"] : []) + languages + ["--"]
    }

    /// The program and the arguments that start a program which decodes recordings, with few rights.
    static var decoder: [String] { [program, DecoderSandbox.command] }

    private static var program: String {
        #if os(Linux)
            // The running program, even while its file is being replaced by another version.
            "/proc/\(ProcessInfo.processInfo.processIdentifier)/exe"
        #else
            Bundle.main.executablePath ?? CommandLine.arguments[0]
        #endif
    }
}
