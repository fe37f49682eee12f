import Foundation

@testable import DocumentText

/// Reads a temporary file of the given name and bytes.
func extract(
    _ bytes: some Sequence<UInt8>,
    named name: String,
    limits: ExtractionLimits = ExtractionLimits()
) async throws -> ExtractedDocument {
    let path = FileManager.default.temporaryDirectory.appending(path: "extract-\(UUID().uuidString)").path
    try Data(bytes).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await TextExtractor(limits: limits).extract(fileAt: path, filename: name)
}

/// The error of reading a file; nil if it can be read.
func extractionFailure(
    _ bytes: some Sequence<UInt8>,
    named name: String,
    limits: ExtractionLimits = ExtractionLimits()
) async throws -> ExtractionError? {
    do {
        _ = try await extract(bytes, named: name, limits: limits)
        return nil
    } catch let error as ExtractionError {
        return error
    }
}
