internal import Redis

/// The response objects that turns leave upstream beside their threads, each with a question and its answer:
/// `responses:<thread>`, a sorted set of their IDs by the second in which they were noted.
///
/// Upstream keeps a response for 30 days, and names it to nobody who does not know its ID. So the IDs are kept a little
/// longer than that, to be deleted with their thread.
extension ThreadsDatabase {
    /// For how many seconds a response's ID is kept.
    static let responseRetention = String(35 * 86_400)

    static func responsesKey(_ threadID: String) -> String { "responses:\(threadID)" }

    /// The IDs of the responses that were made in a thread and are not known to be gone.
    func responses(of threadID: String) async throws -> [String] {
        let command = RedisCommand("ZRANGE", [Self.responsesKey(threadID), "0", "-1"], repeatable: true)
        return try await redis.ask(command).array?.compactMap(\.string) ?? []
    }

    /// Strikes a thread that is gone upstream off the list of threads to delete, with the responses that are gone.
    ///
    /// - Returns: Whether it is off the list; false where a turn has noted another response meanwhile.
    func confirmDeletion(of threadID: String, with responses: [String] = []) async throws -> Bool {
        try await redis.ask(
            Self.strikeThread,
            keys: [PendingThreadDeletion.key, PendingThreadDeletion.usersKey, Self.responsesKey(threadID)],
            arguments: [threadID] + responses
        ).integer == 1
    }

    private static let strikeThread = RedisScript(
        """
        for i = 2, #ARGV do redis.call('ZREM', KEYS[3], ARGV[i]) end
        if redis.call('EXISTS', KEYS[3]) == 1 then return 0 end
        redis.call('HDEL', KEYS[1], ARGV[1])
        redis.call('HDEL', KEYS[2], ARGV[1])
        return 1
        """,
        repeatable: true
    )
}
