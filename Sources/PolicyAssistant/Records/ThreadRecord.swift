/// The thread that a user's turns go to.
///
/// Kept in the hash `thread:<user>`.
public struct ThreadRecord: Sendable, Hashable {
    /// The thread's ID upstream.
    public var id: String
    /// The wire protocol that the ID belongs to.
    public var upstreamProtocol: String
    /// The upstream that has it, see ``Settings/upstreamIdentity``; empty where that is not on record.
    public var baseURL: String
    /// The revision of the corpus that the thread was made under.
    public var revision: Int
    /// When the thread was made, in ISO 8601.
    public var createdAt: String
    /// When the last turn ended, in ISO 8601.
    public var lastUsedAt: String
}

extension ThreadRecord {
    static let prefix = "thread:"

    /// The thread that the settings name, which is on no record and as good as made anew with each revision.
    init(shared id: String, under corpus: Corpus) {
        self.init(
            id: id,
            upstreamProtocol: corpus.upstreamProtocol,
            baseURL: corpus.baseURL,
            revision: corpus.revision,
            createdAt: "",
            lastUsedAt: ""
        )
    }

    init?(fields: [String: String]) {
        guard let id = fields["id"] else { return nil }
        self.init(
            id: id,
            upstreamProtocol: fields["protocol"] ?? "",
            baseURL: fields["base_url"] ?? "",
            revision: fields["revision"].flatMap(Int.init) ?? 0,
            createdAt: fields["created_at"] ?? "",
            lastUsedAt: fields["last_used_at"] ?? ""
        )
    }

    /// The hash's fields and values in turn.
    var words: [String] {
        [
            "id", id, "protocol", upstreamProtocol, "base_url", baseURL, "revision", String(revision),
            "created_at", createdAt, "last_used_at", lastUsedAt,
        ]
    }
}
