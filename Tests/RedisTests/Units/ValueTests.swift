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

    @Test(arguments: [
        ("READONLY You can't write against a read only replica.", RedisError.Code.readOnly, "READONLY"),
        ("LOADING Redis is loading the dataset in memory", .notReady, "LOADING"),
        ("MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", .notReady, "MASTERDOWN"),
        ("NOREPLICAS Not enough good replicas to write.", .notReady, "NOREPLICAS"),
        ("CLUSTERDOWN The cluster is down", .notReady, "CLUSTERDOWN"),
        ("OOM command not allowed when used memory > 'maxmemory'. script: 3f, on @user_script:9.", .outOfMemory, "OOM"),
        ("MISCONF Redis is configured to save RDB snapshots, but …", .cannotPersist, "MISCONF"),
        ("NOPERM this user has no permissions to run the 'time' command", .notPermitted, "NOPERM"),
        ("ERR The user executing the script can't run this command or subcommand script: 3f", .notPermitted, "NOPERM"),
        ("MOVED 3999 10.0.0.1:6381", .clusterNotSupported, "MOVED"),
        ("ERR Error running script (call to f_3f): @user_script:1: -READONLY You can't write", .readOnly, "READONLY"),
        (
            "ERR Error running script (call to f_3f): @user_script:4: @user_script: 4: -OOM command not allowed",
            .outOfMemory, "OOM"
        ),
        ("ERR Error running script (call to f_3f): @user_script:4: attempt to index a nil value", .server, "ERR"),
        ("WRONGTYPE Operation against a key", .server, "WRONGTYPE"),
    ])
    func errorLineTellsWhatIsWrongWithTheServer(line: String, code: RedisError.Code, serverCode: String) {
        #expect(RedisError(reply: line).code == code)
        #expect(RedisError(reply: line).serverCode == serverCode)
    }

    @Test func refusedPermissionNamesTheCommandOrIsAboutAKey() {
        let command = RedisError(reply: "NOPERM this user has no permissions to run the 'TIME' command")
        #expect(command.deniedCommand == "time")
        #expect(!command.isAboutKey)
        for line in [
            "NOPERM this user has no permissions to access one of the keys used as arguments",
            "NOPERM No permissions to access a key",
        ] {
            #expect(RedisError(reply: line).deniedCommand == nil)
            #expect(RedisError(reply: line).isAboutKey)
        }
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
