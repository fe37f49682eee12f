internal import Redis

/// The scripts of accounts.
enum AccountScripts {
    /// Creates an account; returns false where there is one of the name.
    static func insert(_ name: UserName, _ fields: [String]) -> RedisScriptCall<Bool> {
        RedisScriptCall(insert, keys: [.account(name)], arguments: fields)
    }

    /// Changes an account, and no longer counts failed attempts to sign in with its name; returns false where there is
    /// no such account.
    static func update(_ name: UserName, _ fields: [String]) -> RedisScriptCall<Bool> {
        RedisScriptCall(update, keys: [.account(name), .signIns(withName: name.value)], arguments: fields)
    }

    static let all = [insert, update]

    private static let insert = RedisScript(
        """
        if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
        redis.call('HSET', KEYS[1], unpack(ARGV))
        return 1
        """
    )

    private static let update = RedisScript(
        """
        if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
        redis.call('HSET', KEYS[1], unpack(ARGV))
        redis.call('DEL', KEYS[2])
        return 1
        """,
        repeatable: true
    )
}
