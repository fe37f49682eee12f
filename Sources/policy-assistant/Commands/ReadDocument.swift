internal import ArgumentParser
internal import LocalEngine

/// Reads a document for the embedded engine, which starts this command in a process of its own.
struct ReadDocument: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: ReaderCommand.name,
        abstract: "Read a document for the embedded engine.",
        shouldDisplay: false
    )

    @Flag(help: "Write the document's structure, for the command `read`.")
    var structure = false

    @Option(help: "The languages of scans as tesseract names them; by default those of the document.")
    var ocrLanguages: String?

    @Argument(help: "The path of the document's bytes.")
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

    /// Restricts this process to what reading a document needs, if it runs this command.
    ///
    /// - Parameter arguments: The program's arguments; the last two are the document's path and name.
    static func restrictProcess(arguments: ArraySlice<String>) {
        guard arguments.first == ReaderCommand.name, let name = arguments.last,
            let path = arguments.dropLast().last
        else { return }
        DocumentReading.restrictProcess(toReading: path, named: name)
    }
}
