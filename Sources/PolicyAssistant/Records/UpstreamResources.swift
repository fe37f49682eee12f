/// A wire protocol that the product speaks to its upstream.
public enum UpstreamProtocol: String, Sendable, Codable, CaseIterable {
    /// Conversations and responses, OpenAI's protocol since 2026.
    case responses
    /// Assistants, threads and runs, which other servers still speak.
    case assistants
}

/// A resource of this deployment at an upstream, unused since another upstream or protocol is in force.
struct OrphanedResource: Sendable, Hashable {
    enum Kind: String, Sendable {
        case file, store, assistant
    }

    let kind: Kind
    let id: String
    /// The identity of the upstream.
    let upstream: String
}

extension OrphanedResource {
    /// The field of the hash, whose value is the upstream.
    var field: String { "\(kind.rawValue) \(id)" }

    init?(field: String, upstream: String) {
        let words = field.split(separator: " ", maxSplits: 1)
        guard words.count == 2, let kind = Kind(rawValue: String(words[0])) else { return nil }
        self.init(kind: kind, id: String(words[1]), upstream: upstream)
    }
}

/// The assistant upstream, in the assistants protocol.
struct SyncedAssistant: Sendable, Hashable {
    /// Its ID upstream.
    var id: String
    /// The changes that the sync made to it, for people; empty without any.
    var changes: [String] = []

    /// The record of it.
    struct Record: Sendable {
        /// The ID in the corpus in force; nil where there is none at this upstream.
        var id: String?
        /// The tag in the metadata of an assistant that an earlier sync began to create and did not record.
        var tag: String?
    }
}
