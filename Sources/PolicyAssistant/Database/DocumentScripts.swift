internal import FoundationEssentials
internal import Redis

/// The scripts of the files database.
enum DocumentScripts {
    /// What was read of the records that a set names.
    enum Records: Sendable, Equatable {
        /// The hash of each name, in the order of the call's names.
        case records([[String: String]])
        /// Nothing was read, as the set holds other names than the call declares: these.
        case changed(names: [String])
    }

    /// Reads the hashes that a set names, all at the same instant.
    ///
    /// - Parameters:
    ///   - index: The set.
    ///   - names: The names in the set, as they were read last.
    ///   - pattern: The pattern of the hashes' keys.
    /// - Returns: The call.
    static func read(_ index: RedisKey, names: [String], _ pattern: RedisKeyPattern) -> RedisScriptCall<Records> {
        RedisScriptCall(read, keys: [index] + names.map { pattern.key($0) }, arguments: names) { reply in
            guard let parts = reply.array, parts.count == 2, let values = parts[1].array else { return nil }
            switch parts[0].integer {
            case 1: return .records(values.map { $0.dictionary ?? [:] })
            case 0: return .changed(names: values.compactMap(\.string))
            default: return nil
            }
        }
    }

    /// Runs commands of one key each, if the caller holds the lease; returns whether it does.
    static func write(_ commands: [RedisCommand], holding lease: Lease) throws -> RedisScriptCall<Bool> {
        RedisScriptCall(
            write,
            keys: lease.keys + keys(of: commands),
            arguments: [lease.token, String(lease.keys.count), try json(commands)]
        )
    }

    /// The keys that commands of one key each touch.
    static func keys(of commands: [RedisCommand]) -> [RedisKey] {
        Array(Set(commands.compactMap(\.key).map(RedisKey.init(name:))))
    }

    /// Commands as a script reads them.
    static func json(_ commands: [RedisCommand]) throws -> String {
        String(decoding: try JSONEncoder().encode(commands), as: UTF8.self)
    }

    static let all = [read, write]

    private static let read = RedisScript(
        """
        local names, declared = redis.call('SMEMBERS', KEYS[1]), {}
        for _, name in ipairs(ARGV) do declared[name] = true end
        local isSame = #names == #ARGV
        for _, name in ipairs(names) do isSame = isSame and declared[name] end
        if not isSame then return {0, names} end
        local records = {}
        for i = 2, #KEYS do records[i - 1] = redis.call('HGETALL', KEYS[i]) end
        return {1, records}
        """,
        repeatable: true
    )

    private static let write = RedisScript(
        """
        for i = 1, tonumber(ARGV[2]) do
            if redis.call('GET', KEYS[i]) ~= ARGV[1] then return 0 end
        end
        for _, command in ipairs(cjson.decode(ARGV[3])) do redis.call(unpack(command)) end
        return 1
        """,
        repeatable: true
    )
}
