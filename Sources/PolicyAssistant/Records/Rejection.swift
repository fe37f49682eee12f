internal import FoundationEssentials

/// A document that upstream could not read, so that uploading it again would be in vain.
///
/// Kept in the hash `rejected`: as JSON, by the document's path.
struct Rejection: Sendable, Hashable, Codable {
    /// The SHA-256 of the content, in hexadecimal.
    var sha256: String
    /// Why it could not be read, in words that tell what to do.
    var reason: String
    /// The upstream, see ``Settings/upstreamIdentity``.
    var upstream: String
    /// The wire protocol over which it was uploaded.
    var upstreamProtocol: String
    /// The stamp of the file with this content; of one that was changed just before, no time of change is noted.
    var bytes: Int
    var modified: String
    var changed: String
    var inode: String

    /// Whether a file's stamp is the one that was recorded with the content.
    func isStamped(_ stamp: FileStamp) -> Bool {
        stamp.isProof(of: FileStamp(bytes: bytes, modified: modified, changed: changed, inode: inode))
    }
}

extension Rejection {
    static let key = "rejected"

    init?(json: String) {
        guard let rejection = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)) else { return nil }
        self = rejection
    }

    /// The hash's value.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
