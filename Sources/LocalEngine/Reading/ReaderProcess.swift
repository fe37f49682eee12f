internal import DocumentText
internal import Foundation

/// Reads documents, each in its own process.
///
/// The process has limits for its time and memory, whatever a document contains, and cannot end the engine. It has its own
/// temporary folder and can write nothing elsewhere (``ReaderSandbox``). It is this program again, which runs
/// ``DocumentReading/run(path:filename:scanLanguages:)``.
struct ReaderProcess: Sendable {
    /// The program, and the arguments before the path and the name of the document.
    let command: [String]
    /// The limits for reading a document.
    var limits = ExtractionLimits.standard

    /// The signal of a process that has used up its processor time.
    private static let outOfProcessorTime = 24

    /// Reads the file at a path.
    ///
    /// - Throws: `ExtractionError`, with `endedReader` if the process ended early.
    func read(fileAt path: String, filename: String) async throws(ExtractionError) -> ExtractedText {
        try await run(fileAt: path, filename: filename, within: processLimits) { ExtractionFrames.decode($0) }
    }

    /// Reads the structure of the file at a path.
    ///
    /// - Throws: `ExtractionError`, as ``read(fileAt:filename:)`` does.
    func structure(fileAt path: String, filename: String) async throws(ExtractionError) -> DocumentStructure {
        var own = processLimits
        // The structure contains the cells of tables twice, with their names.
        own.textBytes = limits.documentBytes * 16
        return try await run(fileAt: path, filename: filename, within: own) { ExtractionFrames.decodeStructure($0) }
    }

    private func run<Read>(
        fileAt path: String,
        filename: String,
        within processLimits: ExtractionLimits,
        decode: ([UInt8]) -> Result<Read, ExtractionError>?
    ) async throws(ExtractionError) -> Read {
        guard let program = command.first else { throw .server("The program that reads documents is not known.") }
        let folder = WorkingFolder()
        defer {
            folder.remove()
            if (try? DocumentFormat(filename: filename))?.mayStartLibreOffice ?? false { OfficeSockets.sweep() }
        }
        // The process starts in its own folder.
        let file = path.first == "/" ? path : FileManager.default.currentDirectoryPath + "/" + path
        let outcome = try await HelperProgram(name: program, package: nil)
            .run(command.dropFirst() + [file, filename], within: processLimits, writingIn: folder)
        if outcome.signal == Self.outOfProcessorTime {
            throw .invalid("Reading the file takes more than \(limits.readerProcessorTime) of processor time.")
        }
        guard outcome.exitCode == 0, let result = decode(outcome.output) else {
            throw ExtractionError(
                code: .invalidFile,
                message: "The program that reads documents ended at this file. It may be damaged, or reading it may "
                    + "take more than \(limits.readerMemoryBytes >> 20) MB of memory.",
                endedReader: true
            )
        }
        return try result.get()
    }

    /// The limits of the process: its output is the text, whole in two forms and in passages.
    private var processLimits: ExtractionLimits {
        var own = limits
        own.helperTime = limits.readerTime + limits.scanTime
        own.textBytes = limits.documentBytes * 4 + limits.passageBytes + limits.passages * 16
        return own
    }
}
