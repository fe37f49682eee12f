import Foundation
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3))) struct ConnectionLimitTests {
    /// Serves to callers who get a second for each thing.
    private func serving(_ settings: [String: String] = [:], _ body: (_ port: Int, API) async throws -> Void)
        async throws
    {
        let own = ["CALLER_TIMEOUT_SECONDS": "1"].merging(settings) { $1 }
        try await withInstallation(documents: Documents.all, settings: own) { installation, _ in
            try await installation.serving { api in
                let port = try #require(api.authority.split(separator: ":").last.flatMap { Int($0) })
                try await body(port, api)
            }
        }
    }

    /// Sends a byte now and then, as a caller does who means to hold the connection, until the server closes it.
    private func dribble(_ byte: String, to connection: ScriptedConnection) async {
        while (try? await connection.send(byte)) != nil {
            try? await Task.sleep(for: .milliseconds(20))
        }
    }

    @Test(arguments: ["", "GET / HTTP/1.1\r\nhost: x\r\nname: "])
    func incompleteHeadTimesOut(_ beginning: String) async throws {
        try await serving { port, api in
            try await withRawConnection(toPort: port) { connection in
                if !beginning.isEmpty { try await connection.send(beginning) }
                #expect(await connection.rest().isEmpty)
            }
            try await withRawConnection(toPort: port) { connection in
                try await connection.send("GET / HTTP/1.1\r\nhost: x\r\nname: ")
                await dribble("a", to: connection)
            }
            #expect(try await api.send(.get, "/healthz").status == 200)
        }
    }

    @Test func incompleteBodyTimesOut() async throws {
        let head =
            "POST /chat HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 60000\r\n\r\n"
        try await serving { port, api in
            try await withRawConnection(toPort: port) { connection in
                try await connection.send(head)
                await dribble(" ", to: connection)
                let reply = await connection.rest()
                #expect(reply.hasPrefix("HTTP/1.1 408 "))
                #expect(reply.contains(#""code":"request_timeout""#))
            }
            #expect(try await api.send(.get, "/healthz").status == 200)
        }
    }

    @Test func unreadBodyTimesOut() async throws {
        try await serving { port, _ in
            try await withRawConnection(toPort: port) { connection in
                try await connection.send("GET /healthz HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\n")
                await dribble(" ", to: connection)
                let reply = await connection.rest()
                #expect(reply.hasPrefix("HTTP/1.1 200 "))
            }
        }
    }

    @Test func stalledClientIsDisconnected() async throws {
        try await serving { port, _ in
            let batch = String(repeating: "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n", count: 500)
            try await withRawConnection(toPort: port) { connection in
                // Without the limit this would wait for ever, once the answers fill all buffers.
                while (try? await connection.send(batch)) != nil {}
            }
        }
    }

    @Test func oversizedHeadIsRefused() async throws {
        try await serving { port, _ in
            for head in [
                "GET /healthz HTTP/1.1\r\nhost: x\r\nname: \(String(repeating: "a", count: 33_000))\r\n\r\n",
                "GET /\(String(repeating: "a", count: 33_000)) HTTP/1.1\r\nhost: x\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nhost: x\r\n\(String(repeating: "name: a\r\n", count: 101))\r\n",
            ] {
                try await withRawConnection(toPort: port) { connection in
                    try await connection.send(head)
                    let reply = await connection.rest()
                    #expect(reply.hasPrefix("HTTP/1.1 431 "))
                    #expect(reply.contains(#""code":"headers_too_large""#))
                }
            }
        }
    }

    /// Whether an answer has come.
    private final class Answer: Sendable {
        let isThere = Mutex(false)
    }

    @Test func oneConnectionTooManyWaitsUntilAnotherCloses() async throws {
        let request = "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"
        try await serving(["MAX_CONNECTIONS": "1", "CALLER_TIMEOUT_SECONDS": "60"]) { port, _ in
            let answer = Answer()
            try await withThrowingTaskGroup(of: Void.self) { group in
                try await withRawConnection(toPort: port) { first in
                    try await first.send(request)
                    _ = try await first.receive()
                    group.addTask {
                        try await withRawConnection(toPort: port) { second in
                            try await second.send(request)
                            _ = try await second.receive()
                            answer.isThere.withLock { $0 = true }
                        }
                    }
                    for _ in 0..<200 {
                        try await first.send(request)
                        _ = try await first.receive()
                    }
                    let isEarly = answer.isThere.withLock { $0 }
                    #expect(!isEarly)
                }
                try await group.waitForAll()
            }
            let isLate = answer.isThere.withLock { $0 }
            #expect(isLate)
        }
    }
}
