internal import Zip

/// The zip archive of an Office document, read within limits.
///
/// An instance is used by one task.
final class ZipArchive {
    private let path: String
    private let limits: ExtractionLimits
    private let file: ZipFile

    /// Opens an archive.
    ///
    /// - Parameters:
    ///   - path: The archive's path.
    ///   - limits: The limits of reading its members, each and together.
    /// - Throws: `ExtractionError` if the file is not a zip archive, or has too many members.
    init(path: String, limits: ExtractionLimits) throws(ExtractionError) {
        self.path = path
        self.limits = limits
        do throws(ZipError) {
            file = try ZipFile(
                path: path,
                maximumMembers: limits.archiveMembers,
                maximumBytes: limits.archiveBytes
            )
        } catch {
            throw Self.reason(error, path: path, limits: limits)
        }
    }

    /// The bytes of a member; nil if the archive has no member of the name.
    ///
    /// - Throws: `ExtractionError` if it is encrypted or damaged, or exceeds the limits.
    func member(_ name: String) throws(ExtractionError) -> [UInt8]? {
        do throws(ZipError) {
            return try file.member(name, maximumBytes: limits.textBytes)
        } catch {
            throw Self.reason(error, path: path, limits: limits)
        }
    }

    /// Writes a copy of the archive, in which one member has another content.
    ///
    /// - Parameters:
    ///   - copy: The path of the copy, at which there is no file.
    ///   - name: The name of the member.
    ///   - content: The new content of the member.
    /// - Throws: `ExtractionError` if the copy cannot be written.
    func copy(to copy: String, replacing name: String, with content: [UInt8]) throws(ExtractionError) {
        do throws(ZipError) {
            try ZipFile.copy(path, to: copy, replacing: name, with: content)
        } catch {
            throw Self.reason(error, path: path, limits: limits)
        }
    }

    /// The names of the members with a prefix and a suffix, in the archive's order.
    func names(from beginning: String, to ending: String) -> [String] {
        file.names.filter { $0.hasPrefix(beginning) && $0.hasSuffix(ending) }
    }
}

extension ZipArchive {
    private static let needsPassword = ExtractionError.invalid(
        "The file is protected with a password: save it without one."
    )

    /// The error of an archive that cannot be read.
    private static func reason(_ error: ZipError, path: String, limits: ExtractionLimits) -> ExtractionError {
        switch error {
        case .damaged, .notFound: unreadable(path)
        case .encrypted: needsPassword
        case .tooManyMembers: .invalid("The file is an archive of more than \(limits.archiveMembers) parts.")
        case .tooLarge(let limit): .invalid("The file holds more than \(limit >> 20) MB of text.")
        case .notWritten: .server("A part of the file cannot be written into a temporary folder.")
        }
    }

    /// The reason why the archive cannot be read, from its bytes.
    private static func unreadable(_ path: String) -> ExtractionError {
        let bytes = try? FileBytes.first(32 << 20, at: path)
        if bytes?.first(where: { !$0.isBlankByte }) == UInt8(ascii: "<") {
            return .invalid("The file is a web page although its name says otherwise. Give it the extension .html.")
        }
        guard let bytes, let container = CompoundFile(bytes) else {
            return .invalid("The file is damaged: it is not a whole Office document.")
        }
        return container.protection
            ?? .invalid("The file is in the format of Office 97-2003: save it in the present one.")
    }
}
