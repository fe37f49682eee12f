internal import Redis

extension DatabaseUse {
    /// Finds the commands and keys for which the user lacks permission, by trying each; the trials leave nothing behind.
    ///
    /// - Returns: The missing permissions, as `ACL SETUSER` takes them: `+time`, `~lock:*`. Without SET, commands that leave
    ///   something behind are not tried.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable` where the database cannot be used at all.
    func missingPermissions(of redis: RedisClient) async throws -> [String] {
        do throws(RedisError) {
            return try await missingCommands(of: redis) + missingKeys(of: redis)
        } catch {
            throw PolicyAssistantError(error)
        }
    }

    private func missingCommands(of redis: RedisClient) async throws(RedisError) -> [String] {
        // Its value is a string, so that commands for other types are refused, after the check of the user's permissions.
        let key = probeTokens.key(RandomToken.make()).name
        var missing: [String] = []
        do {
            _ = try await redis.send(.set(key, "", lifetime: .seconds(1)))
        } catch {
            guard error.code == .notPermitted else { throw error }
            // The trials of the keys find the missing pattern without it.
            guard !error.isAboutKey else { return [] }
            missing.append("set")
        }
        let tried = commands.compactMap { name in
            Self.trial(of: name, on: key, isKeyThere: missing.isEmpty).map { (name, $0) }
        }
        let outcomes = try await redis.pipeline(tried.map(\.1))
        for ((name, _), outcome) in zip(tried, outcomes) {
            guard case .failure(let error) = outcome else { continue }
            if error.code == .notPermitted { missing.append(name) } else if !error.isHarmless { throw error }
        }
        return commands.filter(missing.contains).map { "+\($0)" }
    }

    private func missingKeys(of redis: RedisClient) async throws(RedisError) -> [String] {
        let trials = keys.map { pattern in
            // The keys of a script are checked also where it does not use them.
            RedisCommand.eval(
                RedisScript("return 1", repeatable: true),
                keys: [pattern.hasSuffix("*") ? pattern.dropLast() + "probe" : pattern],
                arguments: []
            )
        }
        return zip(keys, try await redis.pipeline(trials)).compactMap { pattern, outcome in
            guard case .failure(let error) = outcome, error.isAboutKey else { return nil }
            return "~\(pattern)"
        }
    }

    /// A command of that name that leaves nothing behind; nil where there is none.
    private static func trial(of name: String, on key: String, isKeyThere: Bool) -> RedisCommand? {
        switch name {
        case "ping": .ping
        case "time": RedisCommand("TIME", repeatable: true)
        case "scan": .scan(cursor: "0", matching: key, count: 1)
        case "eval": .eval(RedisScript("return 1", repeatable: true), keys: [], arguments: [])
        case "evalsha": RedisCommand("EVALSHA", [String(repeating: "0", count: 40), "0"], repeatable: true)
        // Another key, as the other trials need this one.
        case "del": RedisCommand.del("\(key):none").repeatable()
        case "get", "exists", "hgetall", "hlen", "llen", "smembers", "mget":
            RedisCommand(name.uppercased(), [key], repeatable: true)
        case "expire": RedisCommand("EXPIRE", [key, "1"], repeatable: true)
        case "zrange": RedisCommand("ZRANGE", [key, "0", "0"], repeatable: true)
        case "zrem": RedisCommand("ZREM", [key, "member"], repeatable: true)
        case "zremrangebyscore": RedisCommand("ZREMRANGEBYSCORE", [key, "0", "0"], repeatable: true)
        case "pexpire": .expire(key, after: .seconds(1))
        case "hget", "hmget", "hdel": RedisCommand(name.uppercased(), [key, "field"], repeatable: true)
        case "srem": RedisCommand.srem(key, ["member"]).repeatable()
        case "lindex": RedisCommand("LINDEX", [key, "0"], repeatable: true)
        case "lrange": RedisCommand("LRANGE", [key, "0", "0"], repeatable: true)
        case "hset" where isKeyThere: .hset(key, ["field": ""])
        case "sadd" where isKeyThere: RedisCommand.sadd(key, [""]).repeatable()
        case "zadd" where isKeyThere: RedisCommand("ZADD", [key, "0", ""], repeatable: true)
        case "rpush" where isKeyThere: RedisCommand("RPUSH", [key, ""], repeatable: true)
        case let name where isKeyThere: trialOfQueues(name, on: key)
        default: nil
        }
    }

    /// A command of that name that only queues need, on a key whose value is a string; nil where there is none.
    private static func trialOfQueues(_ name: String, on key: String) -> RedisCommand? {
        let arguments: [String]? =
            switch name {
            case "hincrby": [key, "field", "1"]
            case "lrem": [key, "0", ""]
            case "linsert": [key, "BEFORE", "", ""]
            case "zcard", "xlen", "xpending": [key] + (name == "xpending" ? ["group"] : [])
            case "zscore": [key, "member"]
            case "zrangebyscore": [key, "0", "0"]
            case "xadd": [key, "*", "field", ""]
            case "xack": [key, "group", "0-1"]
            case "xdel": [key, "0-1"]
            case "xrange", "xrevrange": [key, "0", "0"]
            case "xread": ["STREAMS", key, "0"]
            case "xreadgroup": ["GROUP", "group", "consumer", "STREAMS", key, ">"]
            case "xclaim": [key, "group", "consumer", "0", "0-1"]
            case "xgroup": ["CREATE", key, "group", "0"]
            case "xinfo": ["STREAM", key]
            default: nil
            }
        return arguments.map { RedisCommand(name.uppercased(), $0, repeatable: true) }
    }
}

extension RedisError {
    /// Whether the server has refused the command for its key's type, after the check of the permissions.
    fileprivate var isHarmless: Bool { serverCode == "WRONGTYPE" || serverCode == "NOSCRIPT" }
}
