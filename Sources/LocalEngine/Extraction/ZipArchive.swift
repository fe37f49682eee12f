/// A zip file, read through `unzip`, which never writes anything here.
///
/// What comes out is bounded by the limits of the helper program, whatever the archive claims.
struct ZipArchive: Sendable {
    /// Where the archive is.
    let path: String
    /// What reading one member may cost.
    let limits: ExtractionLimits

    /// The bytes of a member; `nil` if the archive has none of that name.
    ///
    /// - Throws: `ExtractionError` if the file is no zip archive, is encrypted or damaged, or is beyond the limits.
    func member(_ name: String) async throws(ExtractionError) -> [UInt8]? {
        let outcome = try await HelperProgram.unzip.run(
            ["-p", "-qq", "-P", "", HelperProgram.fileArgument(path), name],
            within: limits
        )
        switch outcome.exitCode {
        case 0, 1: return outcome.output
        case 11: return nil
        default: throw .invalid("The file is not an Office document that can be read; it may be damaged or encrypted.")
        }
    }

    /// The names of the members that match a pattern of `unzip`, one a line.
    ///
    /// - Throws: `ExtractionError` as ``member(_:)`` does.
    func names(matching pattern: String) async throws(ExtractionError) -> [String] {
        let outcome = try await HelperProgram.unzip.run(
            ["-Z1", HelperProgram.fileArgument(path), pattern],
            within: limits
        )
        switch outcome.exitCode {
        case 0, 1: return String(decoding: outcome.output, as: UTF8.self).split(separator: "\n").map { String($0) }
        case 11: return []
        default: throw .invalid("The file is not an Office document that can be read; it may be damaged or encrypted.")
        }
    }
}

extension HelperProgram {
    /// A path as an argument that cannot be taken for an option.
    static func fileArgument(_ path: String) -> String {
        path.first == "/" ? path : "./" + path
    }
}
