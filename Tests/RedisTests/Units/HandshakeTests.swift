import NIOCore
import Testing

@testable import Redis

@Suite struct HandshakeTests {
    private func handshake(user: String? = nil, password: String? = nil, database: Int = 0) throws -> Handshake {
        try Handshake(
            RedisConfiguration(
                endpoint: .unixSocket(path: "/"),
                username: user,
                password: password,
                database: database
            )
        )
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
        #expect(error?.code == .connectionFailed)
        #expect(error?.isUnavailable == true)
    }

    @Test func userThatMayNotPingIsServed() throws {
        var handshake = try handshake()
        #expect(try handshake.receive(.error(RedisError(reply: "NOPERM this user has no permissions"))))
    }
}
