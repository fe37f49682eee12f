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

    /// How many keys one command or pipeline reads.
    static let keysPerPage = 500

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

    /// Calls `body` with the hashes at the keys that begin with `prefix`, some hundreds at a time.
    ///
    /// A key may come more than once.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`; what `body` throws.
    func hashes(
        withPrefix prefix: String,
        _ body: ([(key: String, fields: [String: String])]) async throws -> Void
    ) async throws {
        var keys: [String] = []
        var iterator = scan(prefix: prefix).makeAsyncIterator()
        repeat {
            do {
                keys.removeAll()
                while keys.count < Self.keysPerPage, let key = try await iterator.next(isolation: nil) {
                    keys.append(key)
                }
            } catch {
                throw PolicyAssistantError(error)
            }
            let hashes = try await ask(keys.map { .hgetall($0) })
            try await body(zip(keys, hashes).map { ($0, $1.dictionary ?? [:]) })
        } while keys.count == Self.keysPerPage
    }
}
