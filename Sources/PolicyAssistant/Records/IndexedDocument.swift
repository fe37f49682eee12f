public import FoundationEssentials

/// A document that is uploaded and answered from.
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
    /// When the content was uploaded, in whole seconds; nil where that is not known.
    public var uploadedAt: Date?
    /// The revision of the corpus in which this content appeared.
    public var revision: Int
    /// The name of the uploaded file; nil in records of versions that did not record it.
    var uploadName: String?
    /// The revision at which this content ends, where a sync has begun to retire it.
    var retiringAt: Int?
    /// When content or attributes of the file were last changed, in the same form as ``modified``.
    ///
    /// Empty where that is not known, or does not prove that the file has not changed since.
    var changed = ""
    /// The number of the file's inode; empty where it is not known.
    var inode = ""
}

extension IndexedDocument {
    init?(path: String, fields: [String: String]) {
        guard let fileID = fields["file_id"], let sha256 = fields["sha256"] else { return nil }
        self.init(
            path: path,
            fileID: fileID,
            sha256: sha256,
            bytes: fields["bytes"].flatMap(Int.init) ?? 0,
            modified: fields["modified"] ?? "",
            uploadedAt: fields["uploaded_at"].flatMap(Date.init(timestamp:)),
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
            "uploaded_at": uploadedAt.timestamp,
            "revision": String(revision),
        ]
        fields["upload_name"] = uploadName
        fields.merge(stamp.times) { $1 }
        fields["retiring_at"] = retiringAt.map(String.init)
        return fields
    }
}

extension FileStamp {
    /// The fields of a record by which a file of the same size counts as unchanged.
    ///
    /// Earlier versions of this program use `modified` only.
    var times: [String: String] {
        ["modified": modified, "changed": changed, "inode": inode]
    }
}

/// A document in the assets folder.
struct ScannedDocument: Sendable, Hashable {
    /// The path below the assets folder, with `/` between its parts.
    var path: String
    /// The path below the assets folder by which it is opened: its own, or that of its target where it is a link.
    var location: String
    var stamp: FileStamp
}

/// A file of the assets folder that is not synced, and the reason.
public struct LeftOutDocument: Sendable, Hashable, Codable {
    /// The path below the assets folder.
    public var path: String
    /// Why it is left out, and what to do.
    public var reason: String
}
