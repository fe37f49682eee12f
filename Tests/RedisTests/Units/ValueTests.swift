import Testing

@testable import Redis

@Suite struct ValueTests {
    @Test func stringIsValidTextOnly() {
        #expect(RedisValue.string("héllo").string == "héllo")
        #expect(RedisValue.bytes([0xFF]).string == nil)
        #expect(RedisValue.integer(1).string == nil)
        #expect(RedisValue.null.string == nil)
    }

    @Test func integerIsANumberOrAStringThatSpellsOne() {
        #expect(RedisValue.integer(-7).integer == -7)
        #expect(RedisValue.string("42").integer == 42)
        #expect(RedisValue.string("4x").integer == nil)
        #expect(RedisValue.array([]).integer == nil)
    }

    @Test func dictionaryIsAFlatArrayOfPairs() {
        #expect(
            RedisValue.array([.string("a"), .string("1"), .string("b"), .string("2")]).dictionary == [
                "a": "1", "b": "2",
            ]
        )
        #expect(RedisValue.array([]).dictionary == [:])
        #expect(RedisValue.array([.string("a")]).dictionary == nil)
        #expect(RedisValue.array([.string("a"), .null]).dictionary == nil)
        #expect(RedisValue.null.dictionary == nil)
    }

    @Test func errorLineHasACodeAndAMessage() {
        let wrongType = RedisError(reply: "WRONGTYPE Operation against a key")
        #expect(wrongType.code == .server)
        #expect(wrongType.serverCode == "WRONGTYPE")
        #expect(wrongType.message == "Operation against a key")
        #expect(!wrongType.isUnavailable)
        #expect(RedisError(reply: "something odd").serverCode == "ERR")
        #expect(RedisError(reply: "something odd").message == "something odd")
        #expect(RedisError(reply: "").message == "")
        #expect(RedisError(reply: "EXECABORT").serverCode == "EXECABORT")
    }

    @Test func errorLineDoesNotRepeatArguments() {
        let error = RedisError(reply: "ERR unknown command 'HSETT', with args beginning with: 'user' 'secret' ")
        #expect(error.message == "unknown command 'HSETT'")
    }

    @Test(arguments: [
        (RedisError.Code.connectionFailed, true), (.connectionLost, true), (.timedOut, true),
        (.authenticationFailed, false), (.server, false), (.closed, false), (.cancelled, false),
        (.tooManyPending, false), (.replyTooLarge, false), (.protocolViolation, false),
    ])
    func unavailableMeansThatTheServerDidNotAnswer(code: RedisError.Code, isUnavailable: Bool) {
        #expect(RedisError(code, "").isUnavailable == isUnavailable)
    }

    @Test func configurationShowsNoPassword() {
        let configuration = RedisConfiguration(
            endpoint: .tcp(host: "::1", port: 6379),
            username: "ana",
            password: "hunter2",
            database: 3,
            tls: .init()
        )
        var dumped = ""
        dump(configuration, to: &dumped)
        for text in ["\(configuration)", String(reflecting: configuration), "\([configuration])", dumped] {
            #expect(text.contains("redis [::1]:6379, user ana, database 3, TLS"))
            #expect(!text.contains("hunter2"))
        }
    }
}
