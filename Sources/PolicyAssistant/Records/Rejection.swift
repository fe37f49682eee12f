internal import FoundationEssentials

/// A document that upstream cannot read, so that it is not uploaded again.
///
/// Its JSON is the value of the hash `rejected` by the document's path.
struct Rejection: Sendable, Hashable, Codable {
    /// The SHA-256 of the content, in hexadecimal.
    var sha256: String
    /// Why it cannot be read, and what to do.
    var reason: String
    /// The identity of the upstream.
    var upstream: String
    /// The wire protocol over which it was uploaded.
    var upstreamProtocol: UpstreamProtocol
    /// The stamp of the file with this content, as ``FileStamp/recorded``.
    var bytes: Int
    var modified: String
    var changed: String
    var inode: String

    /// Whether a file's stamp is the one that was recorded with the content.
    func isStamped(_ stamp: FileStamp) -> Bool {
        stamp.isCertainlyUnchanged(since: FileStamp(bytes: bytes, modified: modified, changed: changed, inode: inode))
    }
}

extension Rejection {
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
