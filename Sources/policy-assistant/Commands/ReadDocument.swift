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

    @Flag(help: "Write the document's structure, for the command `read`.")
    var structure = false

    @Argument(help: "Where the document's bytes are.")
    var path: String

    @Argument(help: "The document's name.")
    var filename: String

    func run() async throws {
        if structure {
            try await DocumentReading.runForStructure(path: path, filename: filename)
        } else {
            try await DocumentReading.run(path: path, filename: filename)
        }
    }

    /// Restricts this process to what reading a document needs, if that is what it was started for.
    ///
    /// - Parameter arguments: The program's arguments; the last two are the document's path and name.
    static func restrictProcess(arguments: ArraySlice<String>) {
        guard arguments.first == configuration.commandName, let path = arguments.dropLast().last,
            let filename = arguments.last
        else { return }
        DocumentReading.restrictProcess(toReading: path, filename: filename)
    }

    /// The command with which a process of this program starts another one to read a document.
    static var command: [String] {
        // What follows is no option, whatever a document is called.
        program + ["--"]
    }

    /// The command with which a process of this program starts another one to read the structure of a document.
    static var structureCommand: [String] {
        program + ["--structure", "--"]
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
