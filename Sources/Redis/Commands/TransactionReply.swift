/// The replies to MULTI, to each command after it, and to EXEC.
struct TransactionReply {
    private let queued: ArraySlice<Result<RedisValue, RedisError>>
    private let executed: Result<RedisValue, RedisError>

    init(_ outcomes: [Result<RedisValue, RedisError>]) {
        queued = outcomes.dropLast()
        executed = outcomes.last ?? .success(.null)
    }

    /// Returns the values of the commands, in order.
    ///
    /// - Throws: ``RedisError``: of the connection; of MULTI; `EXECABORT` with the reason why none was run; or the
    ///   first error of a command that ran.
    func values() throws(RedisError) -> [RedisValue] {
        switch executed {
        case .success(.array(let values)):
            for case .error(let error) in values { throw error }
            return values
        case .success(.null):
            throw RedisError(.server, "the transaction was not run: a watched key changed", serverCode: "EXECABORT")
        case .success:
            throw RedisError(.protocolViolation, "the reply to EXEC is not an array")
        case .failure(let error) where error.isAnswer:
            // If MULTI was refused, the commands ran one by one or were refused too; its error is thrown.
            if case .failure(let refusal)? = queued.first { throw refusal }
            throw RedisError(.server, "the transaction was not run: \(refusal ?? error)", serverCode: "EXECABORT")
        case .failure(let error):
            throw error
        }
    }

    /// The first error before EXEC, which is more specific than EXEC's.
    private var refusal: RedisError? {
        for case .failure(let error) in queued { return error }
        return nil
    }
}
