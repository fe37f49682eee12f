internal import Redis

/// Calls that throw ``PolicyAssistantError`` in place of `RedisError`.
extension RedisClient {
    /// Sends a command.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func ask(_ command: RedisCommand) async throws -> RedisValue {
        do {
            return try await send(command)
        } catch {
            throw PolicyAssistantError(error)
        }
    }

    /// Sends commands in one write.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable` where one of them fails.
    func ask(_ commands: [RedisCommand]) async throws -> [RedisValue] {
        do {
            return try await pipeline(commands).map { reply throws(RedisError) in try reply.get() }
        } catch {
            throw PolicyAssistantError(error)
        }
    }

    /// Returns all keys that begin with `prefix`, each once, in no order.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func keys(withPrefix prefix: String) async throws -> [RedisKey] {
        var keys: Set<RedisKey> = []
        do {
            for try await key in scan(prefix: prefix) { keys.insert(RedisKey(name: key)) }
        } catch {
            throw PolicyAssistantError(error)
        }
        return Array(keys)
    }
}
