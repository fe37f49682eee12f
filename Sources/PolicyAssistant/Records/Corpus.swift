public import FoundationEssentials

/// The documents that answers may come from, as of one revision.
public struct Corpus: Sendable, Hashable {
    /// A counter that every change of the documents raises; 0 until the first sync has ended.
    public var revision: Int
    /// The vector store that holds the documents.
    public var vectorStoreID: String
    /// The assistant that answers from them; nil in protocols that have none.
    public var assistantID: String?
    /// The wire protocol that the documents were synced over; nil where that is not on record.
    public var upstreamProtocol: UpstreamProtocol?
    /// The identity of the upstream that holds the documents.
    public var baseURL: String
    /// The SHA-256 of the instructions at the time of the sync, in hexadecimal.
    public var instructionsSHA256: String
    /// When the sync switched to this revision, in whole seconds; nil where that is not on record.
    public var syncedAt: Date?
}

extension Corpus {
    /// Reads the hash's fields; nil where no sync has ended yet.
    init?(fields: [String: String]) {
        guard let revision = fields["revision"].flatMap(Int.init), revision > 0,
            let vectorStoreID = fields["vector_store_id"]
        else { return nil }
        self.init(
            revision: revision,
            vectorStoreID: vectorStoreID,
            assistantID: fields["assistant_id"],
            upstreamProtocol: fields["protocol"].flatMap(UpstreamProtocol.init),
            baseURL: fields["base_url"] ?? "",
            instructionsSHA256: fields["instructions_sha256"] ?? "",
            syncedAt: fields["synced_at"].flatMap(Date.init(timestamp:))
        )
    }

    /// The hash's fields.
    var fields: [String: String] {
        var fields = [
            "revision": String(revision),
            "vector_store_id": vectorStoreID,
            "protocol": upstreamProtocol?.rawValue ?? "",
            "base_url": baseURL,
            "instructions_sha256": instructionsSHA256,
            "synced_at": syncedAt.timestamp,
        ]
        fields["assistant_id"] = assistantID
        return fields
    }
}
