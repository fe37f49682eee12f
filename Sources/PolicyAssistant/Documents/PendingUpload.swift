/// An upload that has begun and is not part of the corpus yet.
///
/// Kept in the hash `upload:<path>`.
struct PendingUpload: Sendable, Hashable {
    var path: String
    var sha256: String
    var bytes: Int
    /// When the upload began, in seconds since 1970.
    var begunAt: Int
    /// The ID of the uploaded file, once upstream has told it.
    var fileID: String?
}

extension PendingUpload {
    static let prefix = "upload:"

    var key: String { Self.prefix + path }

    init?(key: String, fields: [String: String]) {
        guard key.hasPrefix(Self.prefix), let sha256 = fields["sha256"] else { return nil }
        self.init(
            path: String(key.dropFirst(Self.prefix.count)),
            sha256: sha256,
            bytes: fields["bytes"].flatMap(Int.init) ?? 0,
            begunAt: fields["begun_at"].flatMap(Int.init) ?? 0,
            fileID: fields["file_id"]
        )
    }

    var fields: [String: String] {
        var fields = ["sha256": sha256, "bytes": String(bytes), "begun_at": String(begunAt)]
        fields["file_id"] = fileID
        return fields
    }
}
