internal import ArgumentParser
internal import DocumentText
internal import Foundation
internal import LocalEngine

/// Shows what the embedded engine reads of a document, before a sync.
struct Read: Command {
    static let configuration = CommandConfiguration(
        abstract: "Show the content that is read from a document: headings, text, lists and tables, with warnings.",
        discussion: """
            The document is read as by `sync` with the embedded engine, in a process of its own with limits. Neither \
            Redis, nor upstream, nor a configuration is needed; OCR_LANGUAGES is the only setting that is used.

              policy-assistant read assets/policies/travel.docx
              policy-assistant read assets/policies/travel.docx --json

            Exit codes: 0 success; 1 the file cannot be read, for the reason on standard error; 64 invalid arguments.
            """
    )

    @Flag(help: "Print JSON.")
    var json = false

    @Argument(help: "The document.")
    var file: String

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) else {
            return try fail("there is no such file")
        }
        guard !isFolder.boolValue else { return try fail("this is a folder; name a document") }
        guard FileManager.default.isReadableFile(atPath: file) else {
            return try fail("this user is not allowed to read it")
        }
        let settings = try await options.settings(for: [])
        let path = URL(filePath: file).standardizedFileURL.path
        let structure: DocumentStructure
        do throws(DocumentReadingError) {
            structure = try await DocumentReading.structure(
                path: path,
                filename: URL(filePath: file).lastPathComponent,
                command: ReaderCommand.arguments(settings, structure: true)
            )
        } catch {
            return try fail(error.reason)
        }
        try Terminal.output(structure, asJSON: json, text: \.text)
        if !json { for warning in structure.warnings { Terminal.note("warning: \(warning)") } }
    }

    private func fail(_ reason: String) throws {
        Terminal.error("\(file): \(reason)")
        throw ExitStatus.failed
    }
}
