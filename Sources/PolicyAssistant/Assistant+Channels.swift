public import WorkQueue

/// Text messages and their queue.
extension Assistant {
    /// Counts the messages in the queue of text messages; nil without a provider of them.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func queueStatus() async throws -> WorkQueueStatus? {
        guard let sms else { return nil }
        return try await translatingRedisErrors { try await sms.queue.status() }
    }

    /// Creates a worker; nil without a channel.
    ///
    /// - Parameter concurrency: The number of messages of each stage that are worked on at the same time.
    /// - Returns: The worker.
    public func channelWorker(concurrency: Int) -> ChannelWorker? {
        sms.map { ChannelWorker($0, concurrency: concurrency) }
    }
}
