internal import Redis

/// What operators see and do.
extension WorkQueue {
    /// Counts the messages.
    ///
    /// - Throws: `RedisError`.
    public func status() async throws -> WorkQueueStatus {
        try await redis.run(scripts.count())
    }

    /// Returns the oldest messages that are not dead, and then the newest dead ones, at most `limit` of each.
    ///
    /// - Throws: `RedisError`.
    public func messages(limit: Int) async throws -> [QueuedMessage] {
        try await redis.run(scripts.read(limit: max(limit, 1)))
    }

    /// Returns a message; nil if there is none of the ID.
    ///
    /// - Throws: `RedisError`.
    public func message(_ id: String) async throws -> QueuedMessage? {
        try await redis.run(scripts.read(id)).first
    }

    /// Tries a message again.
    ///
    /// A delayed message is ready now. A dead one is the last of its line again, in the stage in which it died and with the
    /// state that was saved. The attempts count anew.
    ///
    /// - Returns: Whether the message was dead or delayed.
    /// - Throws: `RedisError`.
    public func retry(_ message: QueuedMessage) async throws -> Bool {
        try await redis.run(scripts.revive(message.id, of: message.line))
    }

    /// Deletes a message, whatever it waits for; the next one of its line is ready.
    ///
    /// - Returns: Whether there was one.
    /// - Throws: `RedisError`.
    public func drop(_ message: QueuedMessage) async throws -> Bool {
        try await redis.run(scripts.drop(message.id, of: message.line))
    }
}
