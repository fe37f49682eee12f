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
            ["-p", "-qq", "-P", "", HelperProgram.fileArgument(path), Self.literal(name)],
            within: limits
        )
        switch outcome.exitCode {
        case 0, 1: return outcome.output
        case 11: return nil
        default: throw unreadable(outcome.exitCode)
        }
    }

    /// The name as a pattern of `unzip` that only the name itself matches, and that is no option.
    private static func literal(_ name: String) -> String {
        let escaped = name.reduce(into: "") { $0 += "*?[]\\".contains($1) ? "\\\($1)" : String($1) }
        return name.first == "-" ? "[-]" + escaped.dropFirst() : escaped
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
        default: throw unreadable(outcome.exitCode)
        }
    }
}

extension ZipArchive {
    /// How `unzip` ends where a member has a password.
    private static let passwordExitCodes: Set<Int?> = [81, 82]

    /// Why the archive cannot be read, as far as its bytes tell.
    private func unreadable(_ exitCode: Int?) -> ExtractionError {
        let needsPassword = ExtractionError.invalid("The file is protected with a password: save it without one.")
        if Self.passwordExitCodes.contains(exitCode) { return needsPassword }
        guard let bytes = try? FileBytes.first(1 << 20, at: path), bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) else {
            return .invalid("The file is damaged: it is not a whole Office document.")
        }
        // A document with a password is wrapped in the older format, which has names in UTF-16.
        guard FileBytes.contain(bytes, "EncryptedPackage".utf8.flatMap { [$0, 0] }) else {
            return .invalid("The file is in the format of Office 97-2003: save it in the present one.")
        }
        return needsPassword
    }
}

extension HelperProgram {
    /// A path as an argument that cannot be taken for an option.
    static func fileArgument(_ path: String) -> String {
        path.first == "/" ? path : "./" + path
    }
}
