internal import ArgumentParser
internal import Foundation
internal import LocalEngine

/// Reads one document for the embedded engine, which starts this command by itself, in a process of its own.
struct ReadDocument: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read-document",
        abstract: "Read one document for the embedded engine.",
        shouldDisplay: false
    )

    @Argument(help: "Where the document's bytes are.")
    var path: String

    @Argument(help: "The document's name.")
    var filename: String

    func run() async throws {
        try await DocumentReading.run(path: path, filename: filename)
    }

    /// The command with which a process of this program starts another one to read a document.
    static var command: [String] {
        #if os(Linux)
            // This very program, also while another version is being put in its place.
            let program = "/proc/\(ProcessInfo.processInfo.processIdentifier)/exe"
        #else
            let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
        #endif
        // What follows is no option, whatever a document is called.
        return [program, "read-document", "--"]
    }
}
