/// What the server answered to MULTI, to each command in between, and to EXEC.
struct TransactionReply {
    private let queued: ArraySlice<Result<RedisValue, RedisError>>
    private let executed: Result<RedisValue, RedisError>

    init(_ outcomes: [Result<RedisValue, RedisError>]) {
        queued = outcomes.dropLast()
        executed = outcomes.last ?? .success(.null)
    }

    /// Returns the values of the commands, in order.
    ///
    /// - Throws: ``RedisError``: of the connection; of MULTI; `EXECABORT` with the reason why none was run; or the first
    ///   error of a command that ran.
    func values() throws(RedisError) -> [RedisValue] {
        switch executed {
        case .success(.array(let values)):
            for case .error(let error) in values { throw error }
            return values
        case .success(.null):
            throw RedisError(.server, "the transaction was not run: a watched key changed", serverCode: "EXECABORT")
        case .success:
            throw RedisError(.protocolViolation, "EXEC answered with something else than an array")
        case .failure(let error) where error.isAnswer:
            // Without MULTI, the commands were carried out one by one, or refused likewise: not for us to say.
            if case .failure(let refusal)? = queued.first { throw refusal }
            throw RedisError(.server, "the transaction was not run: \(refusal ?? error)", serverCode: "EXECABORT")
        case .failure(let error):
            throw error
        }
    }

    /// The first error before EXEC, which tells more than EXEC's own.
    private var refusal: RedisError? {
        for case .failure(let error) in queued { return error }
        return nil
    }
}
