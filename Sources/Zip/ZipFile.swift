internal import CZip
internal import Foundation

/// A zip archive whose members are read into memory.
///
/// The archive itself is never changed. Sizes are counted during decompression, regardless of the archive's own. An instance
/// is used by one task.
///
/// ```swift
/// import Zip
///
/// let file = try ZipFile(path: "/tmp/a.docx", maximumMembers: 10_000, maximumBytes: 128 << 20)
/// let xml = try file.member("word/document.xml", maximumBytes: 32 << 20)
/// print(xml?.count ?? 0)
/// ```
@safe public final class ZipFile {
    /// The names of the members in the archive's order, with slashes in paths.
    public let names: [String]

    private let archive: OpaquePointer
    private let indices: [String: UInt64]
    private let maximumBytes: Int
    /// The remaining size of the members to read, in bytes.
    private var remainingBytes: Int

    /// Opens an archive.
    ///
    /// - Parameters:
    ///   - path: The archive's path.
    ///   - maximumMembers: The maximum number of members.
    ///   - maximumBytes: The maximum size of all members that are read, in bytes.
    /// - Throws: ``ZipError`` with `damaged` or `tooManyMembers`.
    public init(path: String, maximumMembers: Int, maximumBytes: Int) throws(ZipError) {
        var code: Int32 = 0
        guard let archive = unsafe zip_open(path, ZIP_RDONLY, &code) else {
            // The list of members alone exceeds the memory.
            throw code == ZIP_ER_MEMORY ? .tooManyMembers : .damaged
        }
        let count = unsafe zip_get_num_entries(archive, 0)
        guard count <= maximumMembers else {
            unsafe zip_discard(archive)
            throw .tooManyMembers
        }
        var names: [String] = []
        var indices: [String: UInt64] = [:]
        for index in 0..<UInt64(max(0, count)) {
            guard let name = unsafe zip_get_name(archive, index, 0) else { continue }
            // Some programs write paths of Windows.
            let path = unsafe String(cString: name).replacing("\\", with: "/")
            guard indices.updateValue(indices[path] ?? index, forKey: path) == nil else { continue }
            names.append(path)
        }
        unsafe self.archive = archive
        self.names = names
        self.indices = indices
        self.maximumBytes = maximumBytes
        remainingBytes = maximumBytes
    }

    deinit { unsafe zip_discard(archive) }

    /// Reads a member; nil if the archive has no member of the name.
    ///
    /// - Parameters:
    ///   - name: The name of the member.
    ///   - maximumMemberBytes: The maximum size of the member, in bytes.
    /// - Returns: The member's bytes. Of two members of one name, the first one is read.
    /// - Throws: ``ZipError`` with `damaged`, `encrypted` or `tooLarge`.
    public func member(_ name: String, maximumBytes maximumMemberBytes: Int) throws(ZipError) -> [UInt8]? {
        guard let index = indices[name] else { return nil }
        var status = unsafe zip_stat_t()
        guard unsafe zip_stat_index(archive, index, 0, &status) == 0 else { throw .damaged }
        guard unsafe status.encryption_method == ZIP_EM_NONE else { throw .encrypted }
        guard let file = unsafe zip_fopen_index(archive, index, 0) else { throw .damaged }
        defer { unsafe zip_fclose(file) }
        let limit = min(maximumMemberBytes, remainingBytes)
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { buffer in
                guard let start = buffer.baseAddress else { return 0 }
                return unsafe Int(zip_fread(file, start, UInt64(buffer.count)))
            }
            guard count >= 0 else { throw .damaged }
            guard count > 0 else { break }
            guard bytes.count + count <= limit else {
                throw .tooLarge(limit: limit == maximumMemberBytes ? maximumMemberBytes : maximumBytes)
            }
            bytes += chunk[..<count]
        }
        remainingBytes -= bytes.count
        return bytes
    }
}

extension ZipFile {
    /// Writes a copy of an archive, in which one member has another content.
    ///
    /// All other members are kept as they are.
    ///
    /// - Parameters:
    ///   - path: The archive's path.
    ///   - copy: The path of the copy, at which there is no file.
    ///   - name: The name of the member, of which the archive has one.
    ///   - content: The new content of the member.
    /// - Throws: ``ZipError`` with `damaged`, `notFound` or `notWritten`.
    public static func copy(
        _ path: String,
        to copy: String,
        replacing name: String,
        with content: [UInt8]
    ) throws(ZipError) {
        do {
            // A link is followed, so that the file behind it is never written to.
            try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe).write(to: URL(filePath: copy))
        } catch {
            throw .notWritten
        }
        guard let archive = unsafe zip_open(copy, 0, nil) else { throw .damaged }
        let index = unsafe zip_name_locate(archive, name, 0)
        guard index >= 0 else {
            unsafe zip_discard(archive)
            throw .notFound
        }
        // The source reads the content when the archive is closed.
        let isWritten = unsafe content.withUnsafeBytes { bytes in
            let source = unsafe zip_source_buffer(archive, bytes.baseAddress, UInt64(bytes.count), 0)
            guard unsafe zip_file_replace(archive, UInt64(index), source, 0) == 0 else {
                unsafe zip_source_free(source)
                return false
            }
            return unsafe zip_close(archive) == 0
        }
        guard isWritten else {
            unsafe zip_discard(archive)
            throw .notWritten
        }
    }
}

/// An error of reading an archive or one of its members, or of writing a copy.
public enum ZipError: Error, Sendable, Hashable {
    /// The file is not an archive, or a damaged one.
    case damaged
    /// The member needs a password.
    case encrypted
    /// The archive has more members than the maximum.
    case tooManyMembers
    /// A member, or all members that were read, exceed the limit in bytes.
    case tooLarge(limit: Int)
    /// The archive has no member of the name.
    case notFound
    /// The copy cannot be written.
    case notWritten
}
