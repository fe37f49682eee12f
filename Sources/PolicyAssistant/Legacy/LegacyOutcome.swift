/// What an import did with one key of an older deployment.
public struct LegacyOutcome: Sendable, Hashable, Codable {
    /// The kind of resource.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// A user's thread.
        case thread
        /// An uploaded file.
        case file
    }

    /// What was done with it.
    public enum Action: String, Sendable, Hashable, Codable {
        /// The resource stays in use; its old key is deleted.
        case adopted
        /// The resource is not used; its old key is deleted.
        case retired
        /// The next sync deletes the resource upstream; its old key is deleted.
        case discarded
        /// Nothing was done: the old key stays for another run.
        case kept
    }

    /// The kind of resource.
    public var kind: Kind
    /// The old key: a user ID, which is personal data, or a file's name.
    public var key: String
    /// Its ID upstream.
    public var id: String
    /// What was done with it.
    public var action: Action
    /// Why, and what to do where something is to be done.
    public var reason: String

    private enum CodingKeys: String, CodingKey {
        case kind, key, id, reason
        case action = "fate"
    }
}

/// What an import did, or with a dry run would do.
public struct LegacyReceipt: Sendable, Hashable, Codable {
    /// Whether nothing was changed.
    public var dryRun: Bool
    /// The outcome of each key, threads first, in the order of the keys; also those of an interrupted earlier run.
    public var outcomes: [LegacyOutcome]

    /// Whether nothing is left to do.
    public var isComplete: Bool { outcomes.allSatisfy { $0.action != .kept } }
}
