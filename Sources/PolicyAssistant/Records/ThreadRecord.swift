public import FoundationEssentials

/// The thread that a user's turns go to.
public struct ThreadRecord: Sendable, Hashable {
    /// The thread's ID upstream.
    public var id: String
    /// The wire protocol that the ID belongs to; nil where that is not on record.
    public var upstreamProtocol: UpstreamProtocol?
    /// The identity of the upstream that has it; empty where that is not on record.
    public var baseURL: String
    /// The revision of the corpus that the thread was created under.
    public var revision: Int
    /// When the thread was created, in whole seconds; nil where that is not on record.
    public var createdAt: Date?
    /// When the last turn ended, in whole seconds; nil where that is not on record.
    public var lastUsedAt: Date?
    /// A hash of the text of the role that the thread was created under; empty without a role.
    var roleFingerprint = ""
}

extension ThreadRecord {
    /// The thread that the settings name, which is on no record: it counts as created with each revision and role.
    init(shared id: String, under corpus: Corpus, _ role: Role?) {
        self.init(
            id: id,
            upstreamProtocol: corpus.upstreamProtocol,
            baseURL: corpus.baseURL,
            revision: corpus.revision,
            roleFingerprint: role?.fingerprint ?? ""
        )
    }

    /// Reads the hash's fields; nil where there is no thread.
    init?(fields: [String: String]) {
        guard let id = fields["id"] else { return nil }
        self.init(
            id: id,
            upstreamProtocol: fields["protocol"].flatMap(UpstreamProtocol.init),
            baseURL: fields["base_url"] ?? "",
            revision: fields["revision"].flatMap(Int.init) ?? 0,
            createdAt: fields["created_at"].flatMap(Date.init(timestamp:)),
            lastUsedAt: fields["last_used_at"].flatMap(Date.init(timestamp:)),
            roleFingerprint: fields["role"] ?? ""
        )
    }

    /// The hash's fields, each followed by its value.
    var fieldsAndValues: [String] {
        [
            "id", id, "protocol", upstreamProtocol?.rawValue ?? "", "base_url", baseURL, "revision", String(revision),
            "created_at", createdAt.timestamp, "last_used_at", lastUsedAt.timestamp,
        ] + (roleFingerprint.isEmpty ? [] : ["role", roleFingerprint])
    }
}

/// Responses that a turn made in a thread; upstream keeps them beside it, with the question and the answer.
struct TurnTrace: Sendable, Hashable {
    let thread: ThreadRecord
    var responses: [String]
}

/// A thread that is no longer a user's and is still to be deleted upstream.
struct PendingThreadDeletion: Sendable, Hashable {
    let id: String
    /// The wire protocol that the ID belongs to; nil where that is not on record.
    let upstreamProtocol: UpstreamProtocol?
    /// The identity of the upstream that has it; empty where that is not on record.
    let baseURL: String
}

extension PendingThreadDeletion {
    /// The value of the hash's field, which is the ID: the protocol and the upstream.
    var value: String { "\(upstreamProtocol?.rawValue ?? "") \(baseURL)" }

    init(id: String, value: String) {
        let words = value.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(
            id: id,
            upstreamProtocol: UpstreamProtocol(rawValue: String(words[0])),
            baseURL: words.count > 1 ? String(words[1]) : ""
        )
    }

    init(_ record: ThreadRecord) {
        self.init(id: record.id, upstreamProtocol: record.upstreamProtocol, baseURL: record.baseURL)
    }
}
