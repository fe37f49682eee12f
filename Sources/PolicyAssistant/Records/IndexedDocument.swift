/// A document that is uploaded and answered from.
///
/// Kept in the hash `file:<path>`, which the set `documents` names.
public struct IndexedDocument: Sendable, Hashable {
    /// The document's path below the assets folder, with `/` between its parts.
    public var path: String
    /// The ID of the uploaded file.
    public var fileID: String
    /// The SHA-256 of the content, in hexadecimal.
    public var sha256: String
    /// The size of the content in bytes.
    public var bytes: Int
    /// When the content was last changed on disk: seconds since 1970, with nine decimals.
    public var modified: String
    /// When the content was uploaded, in ISO 8601.
    public var uploadedAt: String
    /// The revision of the corpus in which this content appeared.
    public var revision: Int
    /// The name of the uploaded file; nil in records of versions that did not note it.
    var uploadName: String?
    /// The revision that this content was to end with, where a sync had begun to retire it.
    var retiringAt: Int?
    /// When content or attributes of the file were last changed, in the same form as ``modified``.
    ///
    /// Empty where that is not known, or could not prove that the file has not changed since.
    var changed = ""
    /// The number of the file's inode; empty where it is not known.
    var inode = ""
}

extension IndexedDocument {
    static let prefix = "file:"

    var key: String { Self.prefix + path }

    init?(path: String, fields: [String: String]) {
        guard let fileID = fields["file_id"], let sha256 = fields["sha256"] else { return nil }
        self.init(
            path: path,
            fileID: fileID,
            sha256: sha256,
            bytes: fields["bytes"].flatMap(Int.init) ?? 0,
            modified: fields["modified"] ?? "",
            uploadedAt: fields["uploaded_at"] ?? "",
            revision: fields["revision"].flatMap(Int.init) ?? 0,
            uploadName: fields["upload_name"],
            retiringAt: fields["retiring_at"].flatMap(Int.init),
            changed: fields["changed"] ?? "",
            inode: fields["inode"] ?? ""
        )
    }

    /// The stamp that was recorded with the content.
    var stamp: FileStamp {
        FileStamp(bytes: bytes, modified: modified, changed: changed, inode: inode)
    }

    /// Records a file's stamp.
    mutating func set(_ stamp: FileStamp) {
        let stamp = stamp.recorded
        bytes = stamp.bytes
        modified = stamp.modified
        changed = stamp.changed
        inode = stamp.inode
    }

    var fields: [String: String] {
        var fields = [
            "file_id": fileID,
            "sha256": sha256,
            "bytes": String(bytes),
            "uploaded_at": uploadedAt,
            "revision": String(revision),
        ]
        fields["upload_name"] = uploadName
        fields.merge(stamp.times) { $1 }
        fields["retiring_at"] = retiringAt.map(String.init)
        return fields
    }
}

extension FileStamp {
    /// The fields of a record that say that a file with an unchanged size has not changed.
    ///
    /// Earlier versions of this program know `modified` alone.
    var times: [String: String] {
        ["modified": modified, "changed": changed, "inode": inode]
    }
}
