internal import Foundation
internal import SystemPackage
public import DocumentText

/// The work of a process that only reads one document, which the engine starts by its configuration's `readerCommand`.
public enum DocumentReading {
    /// Restricts this process to reading one document, where the system can do so.
    ///
    /// The folder in which it may write is the one for temporary files. It has to be called before the process has a
    /// second thread, which would keep its rights.
    ///
    /// - Parameters:
    ///   - path: The file with the document's bytes.
    ///   - filename: The document's name, whose extension shows the format.
    public static func restrictProcess(toReading path: String, named filename: String) {
        ReaderSandbox.restrict(
            toReading: path,
            writingIn: WorkingFolder.temporaryDirectory,
            startingLibreOffice: (try? DocumentFormat(filename: filename))?.mayStartLibreOffice ?? false
        )
    }

    /// Reads a document and writes the result to the standard output, in the engine's own format.
    ///
    /// First limits the memory and the processor time of this process, which should therefore do nothing else.
    ///
    /// - Parameters:
    ///   - path: The file with the document's bytes.
    ///   - filename: The document's name, whose extension shows the format.
    ///   - scanLanguages: The languages in which scans are read, as tesseract takes them; nil for those of the document.
    /// - Throws: `Errno` if the result cannot be written.
    public static func run(path: String, filename: String, scanLanguages: String? = nil) async throws {
        let result = await read(path: path, filename: filename, scanLanguages) {
            document,
            limits throws(ExtractionError) in try ExtractedText(document, limits: limits)
        }
        try FileDescriptor.standardOutput.writeAll(ExtractionFrames.encode(result))
    }

    /// Reads a document and writes its structure to the standard output, in the engine's own format.
    ///
    /// Limits this process as ``run(path:filename:scanLanguages:)`` does.
    ///
    /// - Parameters:
    ///   - path: The file with the document's bytes.
    ///   - filename: The document's name, whose extension shows the format.
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

    /// Limits this process, reads a document, and converts it.
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
    ///   - path: The file with the document's bytes.
    ///   - filename: The document's name, whose extension shows the format.
    ///   - command: The program that calls ``runForStructure(path:filename:scanLanguages:)``, and its arguments before the path and the
    ///     name.
    /// - Returns: The structure.
    /// - Throws: ``DocumentReadingError`` if the file cannot be read, or is beyond a limit.
    public static func structure(
        path: String,
        filename: String,
        command: [String]
    ) async throws(DocumentReadingError) -> DocumentStructure {
        do throws(ExtractionError) {
            // No process is needed for a format that cannot be read.
            _ = try DocumentFormat(filename: filename)
            return try await ReaderProcess(command: command).structure(fileAt: path, filename: filename)
        } catch {
            throw DocumentReadingError(reason: error.message, isOfFile: error.code != .serverError)
        }
    }

    /// Limits this process.
    ///
    /// Only the soft limits are set: the helper programs that it starts set their own.
    private static func restrict(to limits: ExtractionLimits) {
        let seconds = limits.readerProcessorTime.components.seconds
        lower(processorTimeLimit, to: UInt64(seconds))
        if let present = addressSpace { lower(addressSpaceLimit, to: UInt64(present + limits.readerMemoryBytes)) }
    }

    /// The address space of this process in bytes; nil if the system does not report it.
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

/// Why a document cannot be read.
public struct DocumentReadingError: Error, Sendable, Hashable {
    /// The description for people, in a sentence.
    public let reason: String
    /// Whether the file is the cause, and not this machine.
    public let isOfFile: Bool
}
