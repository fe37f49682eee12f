internal import Redis

/// The scripts of roles, and of what users want remembered.
enum RoleScripts {
    /// What became of an attempt to write a field of a hash whose size is bounded.
    enum Writing: Sendable, Equatable {
        case created, replaced, full

        init?(_ reply: RedisValue) {
            switch reply.integer {
            case 1: self = .created
            case 0: self = .replaced
            case -1: self = .full
            default: return nil
            }
        }
    }

    /// Writes a role.
    static func save(_ name: RoleName, _ content: String, in key: RedisKey, upTo count: Int) -> RedisScriptCall<Writing>
    {
        RedisScriptCall(save, keys: [key], arguments: [name.value, content, String(count)], read: Writing.init)
    }

    /// Remembers a message, unless the user's, or the role's, are as many as may be.
    static func remember(_ message: RememberedMessage, of user: UserID) -> RedisScriptCall<Writing> {
        RedisScriptCall(
            remember,
            keys: [.remembered(of: user)],
            arguments: [
                message.id, message.content, message.role?.value ?? "", String(message.text.unicodeScalars.count),
                String(RememberedMessage.maximumCount), String(RememberedMessage.maximumCharactersInRole),
            ],
            read: Writing.init
        )
    }

    static let all = [save, remember]

    private static let save = RedisScript(
        """
        local isNew = redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0
        if isNew and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3]) then return -1 end
        return redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        """,
        repeatable: true
    )

    private static let remember = RedisScript(
        """
        local fields, count, characters = redis.call('HGETALL', KEYS[1]), 0, tonumber(ARGV[4])
        for i = 1, #fields, 2 do
            if fields[i] == ARGV[1] then return 0 end
            count = count + 1
            local other = cjson.decode(fields[i + 1])
            if (other.role or '') == ARGV[3] then
                local _, continuations = string.gsub(other.text, '[\\128-\\191]', '')
                characters = characters + #other.text - continuations
            end
        end
        if count >= tonumber(ARGV[5]) or characters > tonumber(ARGV[6]) then return -1 end
        return redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
        """,
        repeatable: true
    )
}
