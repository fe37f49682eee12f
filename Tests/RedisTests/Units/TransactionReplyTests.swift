import Testing

@testable import Redis

@Suite struct TransactionReplyTests {
    private let queued = Result<RedisValue, RedisError>.success(.string("QUEUED"))
    private let ok = Result<RedisValue, RedisError>.success(.string("OK"))

    private func failure(_ line: String) -> Result<RedisValue, RedisError> {
        .failure(RedisError(reply: line))
    }

    @Test func returnsTheValuesOfEXEC() throws {
        let reply = TransactionReply([ok, queued, queued, .success(.array([.integer(1), .null]))])
        #expect(try reply.values() == [.integer(1), .null])
    }

    @Test func tellsWhyNothingWasRun() {
        let reply = TransactionReply([ok, failure("ERR unknown command"), queued, failure("EXECABORT discarded")])
        let error = #expect(throws: RedisError.self) { try reply.values() }
        #expect(error?.serverCode == "EXECABORT")
        #expect(error?.message.contains("unknown command") == true)
    }

    @Test func nullMeansThatNothingWasRun() {
        let error = #expect(throws: RedisError.self) { try TransactionReply([ok, queued, .success(.null)]).values() }
        #expect(error?.serverCode == "EXECABORT")
    }

    @Test func throwsTheErrorOfACommandThatRan() {
        let values = RedisValue.array([.integer(1), .error(RedisError(reply: "WRONGTYPE no list"))])
        let error = #expect(throws: RedisError.self) {
            try TransactionReply([ok, queued, queued, .success(values)]).values()
        }
        #expect(error?.serverCode == "WRONGTYPE")
    }

    @Test func doesNotClaimThatNothingWasRunWithoutMULTI() {
        let reply = TransactionReply([failure("NOPERM no MULTI"), ok, failure("ERR EXEC without MULTI")])
        let error = #expect(throws: RedisError.self) { try reply.values() }
        #expect(error?.serverCode == "NOPERM")
    }

    @Test func throwsTheLossOfTheConnection() {
        let lost = Result<RedisValue, RedisError>.failure(RedisError(.connectionLost, ""))
        let error = #expect(throws: RedisError.self) { try TransactionReply([ok, queued, lost]).values() }
        #expect(error?.code == .connectionLost)
    }
}
