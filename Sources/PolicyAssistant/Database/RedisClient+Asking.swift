internal import Redis

/// Redis in the domain's terms: its faults are ``PolicyAssistantError``s.
extension RedisClient {
    func ask(_ command: RedisCommand) async throws -> RedisValue {
        do {
            return try await send(command)
        } catch {
            throw PolicyAssistantError(error)
        }
    }

    func ask(_ commands: [RedisCommand]) async throws -> [RedisValue] {
        do {
            return try await pipeline(commands).map { reply throws(RedisError) in try reply.get() }
        } catch {
            throw PolicyAssistantError(error)
        }
    }

    func ask(
        _ script: RedisScript,
        keys: [String],
        arguments: [String],
        isShielded: Bool = false
    ) async throws -> RedisValue {
        do {
            return try await evaluate(script, keys: keys, arguments: arguments, isShielded: isShielded)
        } catch {
            throw PolicyAssistantError(error)
        }
    }

    /// Returns all keys that begin with `prefix`, each once, in no order.
    func keys(withPrefix prefix: String) async throws -> [String] {
        var keys: Set<String> = []
        do {
            for try await key in scan(prefix: prefix) { keys.insert(key) }
        } catch {
            throw PolicyAssistantError(error)
        }
        return Array(keys)
    }
}
