/// What became of one thing that an older deployment left in Redis.
public struct LegacyOutcome: Sendable, Hashable, Codable {
    /// What sort of thing it is.
    public enum Kind: String, Sendable, Hashable, Codable {
        /// A user's thread.
        case thread
        /// An uploaded file.
        case file
    }

    /// What was done with it.
    public enum Action: String, Sendable, Hashable, Codable {
        /// It goes on in use; its old key is gone.
        case adopted
        /// It is not used, and its old key is gone.
        case retired
        /// The next sync deletes it upstream; its old key is gone.
        case discarded
        /// Nothing was done: its old key stands, for another run.
        case kept
    }

    /// What sort of thing it is.
    public var kind: Kind
    /// The key that it had: a user, which is personal data, or a file's name.
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
    /// Each thing found, threads first, in the order of their keys; also what an interrupted run before had done.
    public var outcomes: [LegacyOutcome]

    /// Whether nothing is left to do.
    public var isComplete: Bool { outcomes.allSatisfy { $0.action != .kept } }
}
