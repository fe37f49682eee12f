internal import Redis
internal import WorkQueue

/// Deletes what the text messages of a user have left: here, and at the provider.
///
/// That a person has opted out stays on record, under the number's pseudonym.
struct TextDeletion: Sendable {
    let redis: RedisClient
    let queue: WorkQueue
    /// The channel; nil without a provider, which may have been in use earlier.
    let channel: SMSChannel?

    /// Deletes the messages of a user that wait, what is known of those that were sent, and the user's numbers; and puts the
    /// deletion of texts at the provider into the queue.
    ///
    /// - Returns: Whether there was anything.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func delete(of user: UserID) async throws -> Bool {
        let key = RedisKey.texts(of: user).name
        let members = try await redis.ask(RedisCommand("ZRANGE", [key, "0", "-1"], repeatable: true)).array ?? []
        for member in members.compactMap(\.string) {
            let parts = member.split(separator: " ", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { continue }
            try await delete(parts[0], parts[1], of: user)
        }
        guard !members.isEmpty else { return false }
        _ = try await redis.ask(.del(key))
        return true
    }

    private func delete(_ kind: String, _ name: String, of user: UserID) async throws {
        switch kind {
        case "number":
            // The number may be somebody else's by now.
            guard try await redis.ask(.hget(RedisKey.number(name).name, "user")).string == user.value else { return }
            _ = try await redis.ask(.del(RedisKey.number(name).name))
        case "line":
            try await translatingRedisErrors { _ = try await queue.erase(line: name) }
            let keys: [RedisKey] = [.rest(ofLine: name), .imageHistory(ofLine: name), .language(ofLine: name)]
            _ = try await redis.ask(.del(keys.map(\.name)))
        case "image":
            _ = try await redis.ask(.del(RedisKey.image(name).name))
        case "sent":
            _ = try await redis.ask(.del(RedisKey.sentText(name).name))
        case "text":
            _ = try await redis.ask(.del(RedisKey.acceptedText(name).name))
            try await channel?.enqueueRedaction(of: name)
        default:
            break
        }
    }
}
