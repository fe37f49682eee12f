public import DocumentText
internal import Foundation
internal import SystemPackage

/// What a process does that only reads one document; the engine starts it as `readerCommand` of its configuration says.
public enum DocumentReading {
    /// Restricts this process to reading one document, where the system can do so.
    ///
    /// The folder in which it may write is the one for temporary files. It has to be called before the process has a
    /// second thread, which would keep its rights.
    ///
    /// - Parameters:
    ///   - path: Where the document's bytes are.
    ///   - filename: The document's name, whose extension tells the format.
    public static func restrictProcess(toReading path: String, named filename: String) {
        ReaderSandbox.restrict(
            toReading: path,
            writingIn: WorkingFolder.temporaryDirectory,
            startingLibreOffice: (try? DocumentFormat(filename: filename))?.mayStartLibreOffice ?? false
        )
    }

    /// Reads a document and writes what came of it to the standard output, in the engine's own form.
    ///
    /// Bounds the memory and the processor time of this process first, which therefore should do nothing else.
    ///
    /// - Parameters:
    ///   - path: Where the document's bytes are.
    ///   - filename: The document's name, whose extension tells the format.
    ///   - scanLanguages: The languages in which scans are read, as tesseract takes them; nil for those of the document.
    /// - Throws: `Errno` if the result cannot be written.
    public static func run(path: String, filename: String, scanLanguages: String? = nil) async throws {
        let result = await read(path: path, filename: filename, scanLanguages) {
            document,
            limits throws(ExtractionError) in try ExtractedText(document, limits: limits)
        }
        try FileDescriptor.standardOutput.writeAll(ExtractionFrames.encode(result))
    }

    /// Reads a document and writes its structure to the standard output, in the engine's own form.
    ///
    /// Bounds this process as ``run(path:filename:)`` does.
    ///
    /// - Parameters:
    ///   - path: Where the document's bytes are.
    ///   - filename: The document's name, whose extension tells the format.
    ///   - scanLanguages: The languages in which scans are read, as tesseract takes them; nil for those of the document.
    /// - Throws: `Errno` if the result cannot be written.
    public static func runForStructure(
        path: String,
        filename: String,
        scanLanguages: String? = nil
    ) async throws {
        let result = await read(path: path, filename: filename, scanLanguages) { document, _ in
            DocumentStructure(document)
        }
        try FileDescriptor.standardOutput.writeAll(ExtractionFrames.encode(structure: result))
    }

    /// Bounds this process, reads a document, and makes something of it.
    private static func read<Value>(
        path: String,
        filename: String,
        _ scanLanguages: String?,
        _ make: (ExtractedDocument, ExtractionLimits) throws(ExtractionError) -> Value
    ) async -> Result<Value, ExtractionError> {
        let limits = ExtractionLimits.standard
        restrict(to: limits)
        do throws(ExtractionError) {
            let extractor = TextExtractor(limits: limits, scanLanguages: scanLanguages)
            return .success(try make(await extractor.extract(fileAt: path, filename: filename), limits))
        } catch {
            return .failure(error)
        }
    }

    /// Reads the structure of a document in a process of its own, as a sync reads documents.
    ///
    /// - Parameters:
    ///   - path: Where the document's bytes are.
    ///   - filename: The document's name, whose extension tells the format.
    ///   - command: The program that calls ``runForStructure(path:filename:)``, and its arguments before the path and the
    ///     name.
    /// - Returns: The structure.
    /// - Throws: ``DocumentReadingError`` if the file cannot be read, or is beyond a limit.
    public static func structure(
        path: String,
        filename: String,
        command: [String]
    ) async throws(DocumentReadingError) -> DocumentStructure {
        do throws(ExtractionError) {
            // What a program cannot read need not start one.
            _ = try DocumentFormat(filename: filename)
            return try await ReaderProcess(command: command).structure(fileAt: path, filename: filename)
        } catch {
            throw DocumentReadingError(reason: error.message, isOfFile: error.code != .serverError)
        }
    }

    /// Bounds this process.
    ///
    /// Only the soft limits are set: the helper programs that it starts set their own.
    private static func restrict(to limits: ExtractionLimits) {
        let seconds = limits.readerProcessorTime.components.seconds
        lower(processorTimeLimit, to: UInt64(seconds))
        if let present = addressSpace { lower(addressSpaceLimit, to: UInt64(present + limits.readerMemoryBytes)) }
    }

    /// How much address space this process has, in bytes; nil where the system does not tell.
    private static var addressSpace: Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = text.split(separator: " ").first.flatMap({ Int($0) })
        else { return nil }
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }

    #if os(Linux)
        private typealias Resource = __rlimit_resource_t
        private static let processorTimeLimit = Resource(RLIMIT_CPU.rawValue)
        private static let addressSpaceLimit = Resource(RLIMIT_AS.rawValue)
    #else
        private typealias Resource = Int32
        private static let processorTimeLimit: Resource = RLIMIT_CPU
        private static let addressSpaceLimit: Resource = RLIMIT_AS
    #endif

    private static func lower(_ resource: Resource, to value: UInt64) {
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return }
        limit.rlim_cur = min(rlim_t(value), limit.rlim_max)
        setrlimit(resource, &limit)
    }
}
