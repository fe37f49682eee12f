internal import ArgumentParser
internal import Foundation
internal import LocalEngine
internal import PolicyAssistant

/// Reads one document for the embedded engine, which starts this command by itself, in a process of its own.
struct ReadDocument: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read-document",
        abstract: "Read one document for the embedded engine.",
        shouldDisplay: false
    )

    @Flag(help: "Write the document's structure, for the command `read`.")
    var structure = false

    @Option(help: "Read scans in these languages, as tesseract takes them; by default in those of the document.")
    var ocrLanguages: String?

    @Argument(help: "Where the document's bytes are.")
    var path: String

    @Argument(help: "The document's name.")
    var filename: String

    func run() async throws {
        if structure {
            try await DocumentReading.runForStructure(path: path, filename: filename, scanLanguages: ocrLanguages)
        } else {
            try await DocumentReading.run(path: path, filename: filename, scanLanguages: ocrLanguages)
        }
    }

    /// Restricts this process to what reading a document needs, if that is what it was started for.
    ///
    /// - Parameter arguments: The program's arguments; the last two are the document's path and name.
    static func restrictProcess(arguments: ArraySlice<String>) {
        guard arguments.first == configuration.commandName, let name = arguments.last,
            let path = arguments.dropLast().last
        else { return }
        DocumentReading.restrictProcess(toReading: path, named: name)
    }

    /// The command with which a process of this program starts another one to read a document.
    ///
    /// - Parameter settings: Name the languages of scans.
    /// - Returns: The program and its arguments before the document's path and name.
    static func command(_ settings: Settings) -> [String] {
        // What follows is no option, whatever a document is called.
        program + options(settings) + ["--"]
    }

    /// The command with which a process of this program starts another one to read the structure of a document.
    ///
    /// - Parameter settings: Name the languages of scans.
    /// - Returns: The program and its arguments before the document's path and name.
    static func structureCommand(_ settings: Settings) -> [String] {
        program + ["--structure"] + options(settings) + ["--"]
    }

    private static func options(_ settings: Settings) -> [String] {
        settings.ocrLanguages.map { ["--ocr-languages", $0] } ?? []
    }

    private static var program: [String] {
        #if os(Linux)
            // This very program, also while another version is being put in its place.
            let program = "/proc/\(ProcessInfo.processInfo.processIdentifier)/exe"
        #else
            let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
        #endif
        return [program, "read-document"]
    }
}
