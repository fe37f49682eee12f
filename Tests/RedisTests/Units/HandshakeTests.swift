import NIOCore
import Testing

@testable import Redis

@Suite struct HandshakeTests {
    private func handshake(
        user: String? = nil,
        password: String? = nil,
        database: Int = 0,
        probe: String? = nil
    ) throws -> Handshake {
        try Handshake(
            RedisConfiguration(
                endpoint: .unixSocket(path: "/"),
                username: user,
                password: password,
                database: database,
                writeProbe: probe.map { RedisConfiguration.WriteProbe(key: $0) }
            )
        )
    }

    private func refusal(_ line: String, _ handshake: Handshake, after replies: [RedisValue] = []) -> RedisError? {
        var handshake = handshake
        do throws(RedisError) {
            for reply in replies { _ = try handshake.receive(reply) }
            _ = try handshake.receive(.error(RedisError(reply: line)))
            return nil
        } catch {
            return error
        }
    }

    @Test func saysOnlyWhatIsNeeded() throws {
        #expect(try String(buffer: handshake().bytes) == "*1\r\n$4\r\nPING\r\n")
        let all = try handshake(user: "ana", password: "pw", database: 2)
        let auth = "*3\r\n$4\r\nAUTH\r\n$3\r\nana\r\n$2\r\npw\r\n"
        #expect(String(buffer: all.bytes) == auth + "*2\r\n$6\r\nSELECT\r\n$1\r\n2\r\n*1\r\n$4\r\nPING\r\n")
        #expect(try String(buffer: handshake(password: "pw").bytes).hasPrefix("*2\r\n$4\r\nAUTH\r\n$2\r\npw\r\n"))
    }

    @Test func isDoneWithTheLastReply() throws {
        var handshake = try handshake(password: "pw", database: 1)
        #expect(try !handshake.receive(.string("OK")))
        #expect(try !handshake.receive(.string("OK")))
        #expect(try handshake.receive(.string("PONG")))
        #expect(throws: RedisError.self) { try handshake.receive(.string("PONG")) }
    }

    @Test func refusedPasswordIsAFailedAuthentication() throws {
        var handshake = try handshake(password: "pw")
        let refusal = RedisValue.error(RedisError(reply: "WRONGPASS invalid"))
        let error = #expect(throws: RedisError.self) { try handshake.receive(refusal) }
        #expect(error?.code == .authenticationFailed)
        #expect(error?.serverCode == "WRONGPASS")
    }

    @Test func missingPasswordIsAFailedAuthentication() throws {
        for database in [0, 1] {
            var handshake = try handshake(database: database)
            let refusal = RedisValue.error(RedisError(reply: "NOAUTH Authentication required."))
            let error = #expect(throws: RedisError.self) { try handshake.receive(refusal) }
            #expect(error?.code == .authenticationFailed)
        }
    }

    @Test func serverThatIsLoadingIsNotReady() throws {
        var handshake = try handshake()
        let refusal = RedisValue.error(RedisError(reply: "LOADING Redis is loading the dataset in memory"))
        let error = #expect(throws: RedisError.self) { try handshake.receive(refusal) }
        #expect(error?.code == .notReady)
        #expect(error?.isUnavailable == true)
    }

    @Test func userThatMayNotPingIsServed() throws {
        var handshake = try handshake()
        #expect(try handshake.receive(.error(RedisError(reply: "NOPERM this user has no permissions"))))
    }

    @Test func databaseThatIsNotThereIsToldAsSuch() throws {
        for line in ["ERR DB index is out of range", "ERR Only 0th database is supported! Selected DB: 1"] {
            #expect(refusal(line, try handshake(database: 1))?.code == .databaseNotFound)
        }
        let denied = refusal(
            "NOPERM this user has no permissions to run the 'select' command",
            try handshake(database: 1)
        )
        #expect(denied?.code == .notPermitted)
        #expect(denied?.deniedCommand == "select")
    }

    @Test func serverThatTakesNoConnectionIsNoWrongPassword() throws {
        for line in ["ERR max number of clients reached", "DENIED Redis is running in protected mode because …"] {
            #expect(refusal(line, try handshake(password: "pw"))?.code == .connectionFailed)
        }
    }

    @Test func replicaIsNotReadyForUse() throws {
        var probing = try handshake(probe: "turn:probe")
        #expect(
            String(buffer: probing.bytes).hasSuffix("SET\r\n$10\r\nturn:probe\r\n$0\r\n\r\n$2\r\nPX\r\n$4\r\n1000\r\n")
        )
        #expect(try !probing.receive(.string("PONG")))
        #expect(try probing.receive(.string("OK")))
        let pong = [RedisValue.string("PONG")]
        for (line, code) in [
            ("READONLY You can't write against a read only replica.", RedisError.Code.readOnly),
            ("NOREPLICAS Not enough good replicas to write.", .notReady),
        ] {
            #expect(refusal(line, try handshake(probe: "turn:probe"), after: pong)?.code == code)
        }
    }

    @Test func serverThatTakesNoWritesOrNotFromThisUserIsStillReadFrom() throws {
        let pong = [RedisValue.string("PONG")]
        for line in [
            "OOM command not allowed when used memory > 'maxmemory'.", "MISCONF Redis is configured to save RDB …",
            "NOPERM this user has no permissions to access one of the keys used as arguments",
        ] {
            #expect(refusal(line, try handshake(probe: "turn:probe"), after: pong) == nil)
        }
        #expect(refusal("MISCONF Redis is configured to save RDB …", try handshake()) == nil, "which PING is told, too")
    }
}
