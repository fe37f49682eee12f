import Foundation
import HTTPClient
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ConnectionTests {
    @Test
    func reusesTheConnection() async throws {
        let connections = Mutex(0)
        try await withScriptedServer { connection in
            connections.withLock { $0 += 1 }
            try await connection.answerAll("same")
        } _: { server in
            try await withClient { client in
                for method in [HTTPRequest.Method.get, .post, .delete, .head, .put] {
                    let status = try await client.text(server.request(method)).status
                    #expect(status == 200)
                }
            }
        }
        #expect(connections.withLock { $0 } == 1)
    }

    @Test(arguments: [1, 16, 512])
    func runsManyRequestsAtOnce(maximumConnections: Int) async throws {
        let connections = Mutex(0)
        try await withScriptedServer { connection in
            connections.withLock { $0 += 1 }
            while let request = try await connection.request() { try await connection.answer("200 OK", request.text) }
        } _: { server in
            try await withClient(.forTests(maximumConnectionsPerHost: maximumConnections)) { client in
                try await withThrowingTaskGroup { group in
                    for number in 0..<200 {
                        let request = server.request(.post, body: .bytes(Array("\(number)".utf8)))
                        group.addTask { try await client.text(request).body == "\(number)" }
                    }
                    for try await isRight in group { #expect(isRight) }
                }
            }
        }
        #expect(connections.withLock { $0 } <= maximumConnections)
    }

    /// The connect timeout counts from when it is a request's turn.
    @Test
    func waitsForAFreeConnectionWithoutRunningOutOfTime() async throws {
        let mayAnswer = Gate()
        let requested = Gate()
        try await withScriptedServer { connection in
            while try await connection.request() != nil {
                requested.open()
                await mayAnswer.wait()
                try await connection.answer()
            }
        } _: { server in
            try await withClient(.forTests(maximumConnectionsPerHost: 1)) { client in
                let short = HTTPClientRequest.Timeouts(connect: .milliseconds(500))
                async let first = client.text(server.request())
                await requested.wait()
                async let second = client.text(server.request(timeouts: short))
                async let hopeless = client.failure(server.request(timeouts: .init(total: .seconds(1))))
                let error = await hopeless
                #expect(error?.code == .timedOut)
                #expect(error?.progress == .unsent)
                mayAnswer.open()
                let statuses = try await [first.status, second.status]
                #expect(statuses == [200, 200])
            }
        }
    }

    @Test
    func makesANewConnectionWhenTheIdleOneWasClosed() async throws {
        let closed = Gate()
        try await withScriptedServer { connection in
            _ = try await connection.request()
            try await connection.answer()
            try await connection.close()
            closed.open()
        } _: { server in
            try await withClient { client in
                let first = try await client.text(server.request(.post))
                await closed.wait()
                let second = try await client.text(server.request(.post))
                #expect(first.status == 200 && second.status == 200)
            }
        }
    }

    @Test
    func refusesMoreTransfersThanAllowed() async throws {
        let requested = Gate()
        let mayAnswer = Gate()
        try await withScriptedServer { connection in
            _ = try await connection.request()
            requested.open()
            await mayAnswer.wait()
            try await connection.answer()
        } _: { server in
            try await withClient(.forTests(maximumTransfers: 1)) { client in
                async let first = client.text(server.request())
                await requested.wait()
                #expect(await client.failure(server.request())?.code == .tooManyTransfers)
                mayAnswer.open()
                let statuses = [try await first.status, try await client.text(server.request()).status]
                #expect(statuses == [200, 200])
            }
        }
    }

    @Test
    func speaksOverAUnixSocket() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/http.sock"
            try await withScriptedServer(at: .unixSocket(path: path)) { connection in
                while let request = try await connection.request() {
                    try await connection.answer("200 OK", "\(request.line) at \(request["host"] ?? "")")
                }
            } _: { server in
                // The proxy leads nowhere: it must not be asked.
                let proxies = ProxyConfiguration(http: "http://127.0.0.1:1", https: "http://127.0.0.1:1")
                try await withClient(.forTests(proxies: proxies)) { client in
                    let body = try await client.text(server.request()).body
                    #expect(body == "GET / HTTP/1.1 at localhost")
                }
            }
        }
    }

    @Test
    func tellsThatNobodyListens() async throws {
        // The first port is never given out to a server.
        let head = HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1:1", path: "/")
        try await withClient { client in
            for socket in [nil, "/tmp/pa-no-such-socket"] {
                let error = await client.failure(HTTPClientRequest(head, unixSocketPath: socket))
                #expect(error?.code == .connectionFailed)
                #expect(error?.progress == .unsent)
            }
        }
    }

    @Test
    func tellsThatANameLeadsNowhere() async throws {
        // Longer than a label may be, so that no server is asked for it.
        let host = String(repeating: "x", count: 64) + ".test"
        let head = HTTPRequest(method: .get, scheme: "http", authority: host, path: "/")
        try await withClient { client in
            let error = await client.failure(HTTPClientRequest(head))
            #expect(error?.code == .nameResolutionFailed)
            #expect(error?.description.contains(host) == false)
        }
    }

    @Test
    func endsAConnectionThatTakesTooLongToMake() async throws {
        try await withScriptedServer { connection in
            // Takes the connection, and never answers the TLS handshake.
            await connection.closed()
        } _: { server in
            try await withClient { client in
                var request = server.request(timeouts: .init(connect: .milliseconds(100)))
                request.head.scheme = "https"
                let error = await client.failure(request)
                #expect(error?.code == .timedOut)
                #expect(error?.progress == .unsent)
            }
        }
    }

    @Test
    func endsATransferThatTakesTooLong() async throws {
        try await withScriptedServer { connection in
            _ = try await connection.request()
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
            // Always in motion, never done.
            while true { try await connection.send([0]) }
        } _: { server in
            try await withClient { client in
                let error = await client.failure(server.request(timeouts: .init(total: .seconds(1))))
                #expect(error?.code == .timedOut)
            }
        }
    }

    @Test(arguments: ["", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n1"])
    func endsATransferThatStandsStill(answer: String) async throws {
        try await withScriptedServer { connection in
            _ = try await connection.request()
            try await connection.send(answer)
            await connection.closed()
        } _: { server in
            try await withClient { client in
                let error = await client.failure(server.request(timeouts: .init(stall: .seconds(2))))
                #expect(error?.code == .stalled)
                #expect(error?.progress != .unsent)
            }
        }
    }

    @Test
    func endsAnUploadThatNobodyTakes() async throws {
        try await withScriptedServer { connection in
            // Reads the head and no more; what the sockets and the server's first read take is not 64 MB.
            _ = try await connection.head()
            await Gate().wait()
        } _: { server in
            try await withClient { client in
                let body = HTTPClientRequest.Body.bytes([UInt8](repeating: 1, count: 64 * 1024 * 1024))
                let request = server.request(.post, body: body, timeouts: .init(stall: .milliseconds(200)))
                let error = await client.failure(request)
                #expect(error?.code == .stalled)
                #expect(error?.progress == .sent)
            }
        }
    }

    @Test
    func tellsThatTheServerHungUp() async throws {
        try await withScriptedServer { connection in
            _ = try await connection.request()
            if connection.number == 1 { try await connection.reset() }
        } _: { server in
            try await withClient { client in
                for _ in 0..<2 {
                    let error = await client.failure(server.request())
                    #expect(error?.code == .connectionLost)
                    #expect(error?.progress == .sent)
                }
            }
        }
    }

    /// libcurl repeats a request by itself when a reused connection ends without an answer.
    @Test
    func sendsOnlyIdempotentRequestsAgainWhenAReusedConnectionIsDead() async throws {
        let requests = Mutex<[String]>([])
        try await withScriptedServer { connection in
            guard let first = try await connection.request() else { return }
            requests.withLock { $0.append(first.line) }
            try await connection.answer()
            guard let second = try await connection.request() else { return }
            requests.withLock { $0.append(second.line) }
        } _: { server in
            try await withClient { client in
                let first = try await client.text(server.request(.get, "/1"))
                #expect(first.status == 200)
                let error = await client.failure(server.request(.post, "/2", body: .bytes([1])))
                #expect(error?.code == .connectionLost)
                #expect(error?.progress == .sent)

                for path in ["/3", "/4"] {
                    let answer = try await client.text(server.request(.get, path))
                    #expect(answer.status == 200)
                }
            }
        }
        let lines = requests.withLock { $0 }.map { $0.dropLast(" HTTP/1.1".count) }
        #expect(lines == ["GET /1", "POST /2", "GET /3", "GET /4", "GET /4"])
    }

    /// A child that held the socket would keep the connection open.
    @Test
    func keepsItsSocketsFromChildProcesses() async throws {
        try await withScriptedServer { connection in
            try await connection.answerAll()
        } _: { server in
            try await withClient { client in
                _ = try await client.text(server.request())
                let sockets = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
                    .compactMap { Int32($0) }
                    .filter { remotePort(of: $0) == server.port }
                #expect(sockets.count == 1)
                for socket in sockets { #expect(fcntl(socket, F_GETFD) & FD_CLOEXEC != 0) }
            }
        }
    }

    private func remotePort(of socket: Int32) -> Int? {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(socket, $0, &size) }
        }
        guard status == 0, address.sin_family == sa_family_t(AF_INET) else { return nil }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
