internal import FoundationEssentials
internal import Redis
internal import SMS

/// The scripts of text messages.
enum TextScripts {
    /// Binds a number to the user of a code, which can be used once; false if the code has been used or is over.
    static func bind(_ number: String, lastDigits: String, to user: UserID, by code: String, at time: Date)
        -> RedisScriptCall<Bool>
    {
        RedisScriptCall(
            bind,
            keys: [.numberCode(code), .number(number), .texts(of: user)],
            arguments: [
                user.value, lastDigits, time.timestamp, "number \(number)", String(Int(time.timeIntervalSince1970)),
                String(RedisKeyPattern.textRetention.components.seconds),
            ]
        )
    }

    /// Records a report of an answer, unless a later state is on record; once the state is final, the entry is forgotten.
    ///
    /// Returns the entry if the report is the first final one.
    static func report(_ report: DeliveryReport, of token: String) -> RedisScriptCall<String?> {
        RedisScriptCall(
            self.report,
            keys: [.sentText(token), .acceptedText(report.id)],
            arguments: [
                report.id, report.status.rawValue, String(report.status.rank), report.code.map(String.init) ?? "",
                report.status.isFinal ? "1" : "0", token, String(RedisKeyPattern.reportRetention.components.seconds),
            ]
        ) { reply in
            .some(reply.string.flatMap { $0.isEmpty ? nil : $0 })
        }
    }

    static let all = [bind, report]

    private static let bind = RedisScript(
        """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        redis.call('DEL', KEYS[1])
        redis.call('HSET', KEYS[2], 'user', ARGV[1], 'role', '', 'last_digits', ARGV[2], 'bound_at', ARGV[3])
        redis.call('ZADD', KEYS[3], ARGV[5], ARGV[4])
        redis.call('EXPIRE', KEYS[3], ARGV[6])
        return 1
        """
    )

    private static let report = RedisScript(
        """
        local rank = tonumber(redis.call('HGET', KEYS[1], 'rank') or '0')
        local entry = redis.call('HGET', KEYS[1], 'entry') or ''
        redis.call('SET', KEYS[2], ARGV[6], 'EX', ARGV[7])
        redis.call('HSET', KEYS[1], 'id', ARGV[1])
        redis.call('EXPIRE', KEYS[1], ARGV[7])
        if rank >= tonumber(ARGV[3]) then return '' end
        redis.call('HSET', KEYS[1], 'status', ARGV[2], 'rank', ARGV[3], 'code', ARGV[4])
        if ARGV[5] ~= '1' then return '' end
        redis.call('HDEL', KEYS[1], 'entry')
        return entry
        """,
        repeatable: true
    )
}
