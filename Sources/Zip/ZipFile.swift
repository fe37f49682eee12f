internal import CZip

/// A zip archive whose members are read into memory, one after another; nothing is ever written.
///
/// What a member has is counted while it is inflated, whatever the archive claims. An instance belongs to one task.
///
/// ```swift
/// let file = try ZipFile(path: "/tmp/a.docx", maximumMembers: 10_000, maximumBytes: 128 << 20)
/// let xml = try file.member("word/document.xml", maximumBytes: 32 << 20)
/// ```
@safe public final class ZipFile {
    /// The names of the members, in the order of the archive, with slashes between the steps of a path.
    public let names: [String]

    private let archive: OpaquePointer
    private let places: [String: UInt64]
    private let maximumBytes: Int
    /// How many bytes the members may still have that are read from here on.
    private var remainingBytes: Int

    /// Opens an archive.
    ///
    /// - Parameters:
    ///   - path: Where the archive is.
    ///   - maximumMembers: The most members that it may have.
    ///   - maximumBytes: The most bytes that all members that are read may have together.
    /// - Throws: ``ZipError`` with `damaged` or `tooManyMembers`.
    public init(path: String, maximumMembers: Int, maximumBytes: Int) throws(ZipError) {
        var code: Int32 = 0
        guard let archive = unsafe zip_open(path, ZIP_RDONLY, &code) else {
            // The list of members alone is more than there is memory for.
            throw code == ZIP_ER_MEMORY ? .tooManyMembers : .damaged
        }
        let count = unsafe zip_get_num_entries(archive, 0)
        guard count <= maximumMembers else {
            unsafe zip_discard(archive)
            throw .tooManyMembers
        }
        var names: [String] = []
        var places: [String: UInt64] = [:]
        for place in 0..<UInt64(max(0, count)) {
            guard let name = unsafe zip_get_name(archive, place, 0) else { continue }
            // Some programs write paths as Windows has them.
            let path = unsafe String(cString: name).replacing("\\", with: "/")
            guard places.updateValue(places[path] ?? place, forKey: path) == nil else { continue }
            names.append(path)
        }
        unsafe self.archive = archive
        self.names = names
        self.places = places
        self.maximumBytes = maximumBytes
        remainingBytes = maximumBytes
    }

    deinit { unsafe zip_discard(archive) }

    /// The bytes of a member; nil if the archive has none of that name.
    ///
    /// - Parameters:
    ///   - name: The name of the member.
    ///   - maximumMemberBytes: The most bytes that it may have.
    /// - Returns: All bytes of the member. Of two members of one name, the first is read.
    /// - Throws: ``ZipError`` with `damaged`, `encrypted` or `tooLarge`.
    public func member(_ name: String, maximumBytes maximumMemberBytes: Int) throws(ZipError) -> [UInt8]? {
        guard let place = places[name] else { return nil }
        var status = unsafe zip_stat_t()
        guard unsafe zip_stat_index(archive, place, 0, &status) == 0 else { throw .damaged }
        guard unsafe status.encryption_method == ZIP_EM_NONE else { throw .encrypted }
        guard let file = unsafe zip_fopen_index(archive, place, 0) else { throw .damaged }
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
