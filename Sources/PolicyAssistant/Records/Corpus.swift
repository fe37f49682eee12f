internal import FoundationEssentials

/// The documents that answers may come from, as of one revision.
///
/// Kept in the hash `corpus`.
public struct Corpus: Sendable, Hashable {
    /// A counter that every change of the documents raises; 0 until the first sync has ended.
    public var revision: Int
    /// The vector store that holds the documents.
    public var vectorStoreID: String
    /// The assistant that answers from them; nil in protocols that have none.
    public var assistantID: String?
    /// The wire protocol that the documents were synced over.
    public var upstreamProtocol: String
    /// The upstream that holds the documents, see ``Settings/upstreamIdentity``.
    public var baseURL: String
    /// The SHA-256 of the instructions at the time of the sync, in hexadecimal.
    public var instructionsSHA256: String
    /// When the sync that made this revision switched to it, in ISO 8601.
    public var syncedAt: String
}

extension Corpus {
    static let key = "corpus"

    /// Reads the hash's fields; nil where no sync has ended yet.
    init?(fields: [String: String]) {
        guard let revision = fields["revision"].flatMap(Int.init), revision > 0,
            let vectorStoreID = fields["vector_store_id"]
        else { return nil }
        self.init(
            revision: revision,
            vectorStoreID: vectorStoreID,
            assistantID: fields["assistant_id"],
            upstreamProtocol: fields["protocol"] ?? "",
            baseURL: fields["base_url"] ?? "",
            instructionsSHA256: fields["instructions_sha256"] ?? "",
            syncedAt: fields["synced_at"] ?? ""
        )
    }

    /// Whether the documents are where the settings say, and were brought there over the protocol that they say.
    func isHeld(asIn settings: Settings) -> Bool {
        baseURL == settings.upstreamIdentity && upstreamProtocol == settings.upstreamProtocol.rawValue
    }

    /// Whether the embedded engine holds the documents.
    var isOfEmbeddedEngine: Bool { baseURL == Settings.embeddedIdentity }

    var fields: [String: String] {
        var fields = [
            "revision": String(revision),
            "vector_store_id": vectorStoreID,
            "protocol": upstreamProtocol,
            "base_url": baseURL,
            "instructions_sha256": instructionsSHA256,
            "synced_at": syncedAt,
        ]
        fields["assistant_id"] = assistantID
        return fields
    }
}
