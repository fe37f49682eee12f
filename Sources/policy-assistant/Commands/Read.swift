internal import DocumentText
internal import ArgumentParser
internal import Foundation
internal import LocalEngine

/// Shows what the embedded engine reads of a document, so that one can look before a sync.
struct Read: Command {
    static let configuration = CommandConfiguration(
        abstract: "Show what is read of a document: its headings, text, lists and tables, with warnings.",
        discussion: """
            The document is read as `sync` reads it for the embedded engine, in a process of its own with bounds. Neither
            Redis, nor upstream, nor a configuration is needed; of the settings, OCR_LANGUAGES is used where it is set.

              policy-assistant read assets/policies/travel.docx
              policy-assistant read assets/policies/travel.docx --json

            Exit codes: 0 read; 1 the file cannot be read, with the reason on standard error; 64 wrong use.
            """
    )

    @Flag(help: "Print JSON for programs.")
    var json = false

    @Argument(help: "The document.")
    var file: String

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else {
            return try fail("there is no such file")
        }
        guard !isFolder.boolValue else { return try fail("it is a folder; name one document") }
        guard FileManager.default.isReadableFile(atPath: file) else { return try fail("this user may not read it") }
        let settings = try await options.settings(for: [])
        let path = URL(filePath: file).standardizedFileURL.path
        let structure: DocumentStructure
        do throws(DocumentReadingError) {
            structure = try await DocumentReading.structure(
                path: path,
                filename: URL(filePath: file).lastPathComponent,
                command: ReadDocument.structureCommand(settings)
            )
        } catch {
            return try fail(error.reason)
        }
        if json {
            try Terminal.printJSON(structure)
        } else {
            Terminal.tell(structure.text)
            for warning in structure.warnings { Terminal.note("warning: \(warning)") }
        }
    }

    private func fail(_ reason: String) throws {
        Terminal.complain("\(file): \(reason)")
        throw ExitStatus.failed
    }
}
