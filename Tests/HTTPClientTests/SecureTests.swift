import Foundation
import HTTPClient
import HTTPTypes
import Synchronization
import TestSupport
import Testing

/// TLS and HTTP/2, spoken to nginx over Unix sockets.
@Suite(.timeLimit(.minutes(1)))
struct SecureTests {
    @Test
    func trustsTheGivenAuthority() async throws {
        try await withSecureServer("return 200 $server_protocol;") { server in
            try await withClient(.forTests(trustRootsFile: server.authority)) { client in
                let body = try await client.text(server.request()).body
                #expect(body == "HTTP/2.0")
            }
        }
    }

    @Test
    func speaksHTTP1WhereTheServerKnowsNothingElse() async throws {
        try await withSecureServer("return 200 $server_protocol;", http2: false) { server in
            try await withClient(.forTests(trustRootsFile: server.authority)) { client in
                let body = try await client.text(server.request()).body
                #expect(body == "HTTP/1.1")
            }
        }
    }

    @Test
    func refusesACertificateOfAnUnknownAuthority() async throws {
        try await withSecureServer("return 200;") { server in
            try await withClient { client in
                let error = await client.failure(server.request())
                #expect(error?.code == .certificateUntrusted)
                #expect(error?.progress == .unsent)
            }
        }
    }

    @Test
    func refusesACertificateOfAnotherHost() async throws {
        try await withSecureServer("return 200;") { server in
            try await withClient(.forTests(trustRootsFile: server.authority)) { client in
                let error = await client.failure(server.request(host: "localhost.evil.test"))
                #expect(error?.code == .certificateUntrusted)
                #expect(error?.description.contains("evil") == false)
            }
        }
    }

    @Test
    func trustsTheAuthoritiesInAFolder() async throws {
        try await withSecureServer("return 200 yes;") { server in
            try await withTemporaryFolder { folder in
                try FileManager.default.copyItem(atPath: server.authority, toPath: "\(folder)/authority.pem")
                try await withRunningProgram(
                    "/usr/bin/openssl",
                    arguments: ["rehash", "-v", folder],
                    untilReadyAt: "authority.pem"
                ) { _ in
                    while try FileManager.default.contentsOfDirectory(atPath: folder).count < 2 { await Task.yield() }
                }
                var configuration = HTTPClient.Configuration.forTests()
                configuration.trustRootsDirectories = folder
                try await withClient(configuration) { client in
                    let body = try await client.text(server.request()).body
                    #expect(body == "yes")
                }
            }
        }
    }

    @Test
    func sendsAndReceivesLargeBodiesByHTTP2() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/up.sock"
            let text = String(repeating: "0123456789", count: 300_000)
            let file = "\(folder)/file"
            try Data(text.utf8).write(to: URL(filePath: file))
            try await withScriptedServer(at: .unixSocket(path: path)) { connection in
                while let request = try await connection.request() {
                    try await connection.answer("200 OK", request.text)
                }
            } _: { _ in
                try await withSecureServer("proxy_pass http://unix:\(path):/;") { server in
                    try await withClient(.forTests(trustRootsFile: server.authority)) { client in
                        for body in [HTTPClientRequest.Body.bytes(Array(text.utf8)), .file(path: file)] {
                            let response = try await client.execute(server.request(.post, body: body))
                            #expect(try await response.body.collect(upTo: text.utf8.count) == Array(text.utf8))
                        }
                        let part = MultipartPart(name: "file", content: .file(path: file, filename: "ü.txt"))
                        let response = try await client.execute(server.request(.post, body: .multipart([part])))
                        let form = String(decoding: try await response.body.collect(upTo: 1 << 24), as: UTF8.self)
                        #expect(form.contains("filename=\"ü.txt\""))
                        #expect(form.contains(text))
                    }
                }
            }
        }
    }

    @Test
    func sendsAndReceivesAtTheSameTimeByHTTP2() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/up.sock"
            try await withScriptedServer(at: .unixSocket(path: path)) { connection in
                _ = try await connection.head()
                try await connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                // Sends back the chunks that the proxy makes, up to the last one, which is empty.
                while let bytes = try await connection.receive() { try await connection.send(bytes) }
            } _: { _ in
                let location = """
                    proxy_pass http://unix:\(path):/; proxy_http_version 1.1; proxy_buffering off; proxy_request_buffering off;
                    """
                try await withSecureServer(location) { server in
                    try await withClient(.forTests(trustRootsFile: server.authority)) { client in
                        let body = StreamedBody()
                        // nginx does not open the connection before there is something to send.
                        #expect(await body.write([UInt8](repeating: 0, count: 100)))
                        let response = try await client.execute(server.request(.post, body: .streamed(body)))
                        var reader = response.body.makeAsyncIterator()
                        for number in 0..<20 {
                            let piece = try await reader.next(isolation: nil)
                            #expect(piece == [UInt8](repeating: UInt8(number), count: 100))
                            #expect(await body.write([UInt8](repeating: UInt8(number + 1), count: 100)))
                        }
                        body.finish()
                        let last = try await reader.next(isolation: nil)
                        #expect(last == [UInt8](repeating: 20, count: 100))
                        #expect(try await reader.next(isolation: nil) == nil)
                    }
                }
            }
        }
    }

    @Test
    func cancellationClosesTheConnectionByHTTP2() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/up.sock"
            let requested = Gate()
            let closed = Gate()
            try await withScriptedServer(at: .unixSocket(path: path)) { connection in
                _ = try await connection.request()
                requested.open()
                await connection.closed()
                closed.open()
            } _: { _ in
                try await withSecureServer("proxy_pass http://unix:\(path):/;") { server in
                    try await withClient(.forTests(trustRootsFile: server.authority)) { client in
                        let task = Task { await client.failure(server.request()) }
                        await requested.wait()
                        task.cancel()
                        #expect(await task.value?.code == .cancelled)
                        // The proxy goes away from its server only once its client has gone.
                        await closed.wait()
                    }
                }
            }
        }
    }

    @Test
    func makesTheServerWaitForASlowReaderByHTTP2() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/up.sock"
            let sent = Mutex([0, 0])
            let size = 32 * 1024 * 1024
            try await withScriptedServer(at: .unixSocket(path: path)) { connection in
                try await connection.answerSlowly(bytes: size) { count in
                    sent.withLock { $0[connection.number] += count }
                }
            } _: { _ in
                try await withSecureServer("proxy_pass http://unix:\(path):/; proxy_buffering off;") { server in
                    try await withClient(.forTests(trustRootsFile: server.authority)) { client in
                        let slow = try await client.execute(server.request())
                        // A whole transfer beside it is the time in which the slow one could have moved as much.
                        let fast = try await client.execute(server.request())
                        #expect(try await fast.body.count() == size)
                        #expect(sent.withLock { $0[0] } < 4 * 1024 * 1024)
                        #expect(try await slow.body.count() == size)
                    }
                }
            }
        }
    }

    @Test
    func aSlowReaderHoldsUpNobodyOnASharedConnection() async throws {
        try await withSecureServer("") { server in
            let configuration = HTTPClient.Configuration.forTests(
                trustRootsFile: server.authority,
                sharesHTTP2Connections: true
            )
            try await withClient(configuration) { client in
                let slow = try await client.execute(server.request(path: "/large"))
                for _ in 0..<3 {
                    let fast = try await client.execute(server.request(path: "/large"))
                    #expect(try await fast.body.count() == SecureServer.largeSize)
                }
                #expect(try await slow.body.count() == SecureServer.largeSize)
            }
        }
    }

    @Test
    func sharesAConnectionWhereItIsAllowedTo() async throws {
        try await withSecureServer("return 200 $connection;") { server in
            let configuration = HTTPClient.Configuration.forTests(
                trustRootsFile: server.authority,
                sharesHTTP2Connections: true
            )
            try await withClient(configuration) { client in
                let connections = try await withThrowingTaskGroup { group in
                    for _ in 0..<50 { group.addTask { try await client.text(server.request()).body } }
                    return try await group.reduce(into: Set()) { $0.insert($1) }
                }
                #expect(connections.count == 1)
            }
        }
    }

    /// The head that the client sees is the server's, not the one by which the proxy opens the tunnel.
    @Test
    func goesThroughTheTunnelOfAProxy() async throws {
        try await withSecureServer("return 201 $server_protocol;") { server in
            try await withScriptedServer { connection in
                let request = try await connection.request()
                #expect(request?.line == "CONNECT localhost:443 HTTP/1.1")
                try await connection.send("HTTP/1.1 200 Connection established\r\nX-From: proxy\r\n\r\n")
                try await connection.relay(to: .unixSocket(path: server.socket))
            } _: { proxy in
                let configuration = HTTPClient.Configuration.forTests(
                    trustRootsFile: server.authority,
                    proxies: ProxyConfiguration(https: "http://\(proxy.authority)")
                )
                try await withClient(configuration) { client in
                    let from = try #require(HTTPField.Name("X-From"))
                    var request = server.request()
                    request.unixSocketPath = nil
                    let response = try await client.execute(request)
                    #expect(response.head.status == .created)
                    #expect(response.head.headerFields[from] == nil)
                    #expect(try await response.body.collect(upTo: 100) == Array("HTTP/2.0".utf8))
                }
            }
        }
    }

    @Test
    func reusesASecureConnection() async throws {
        try await withSecureServer("return 200 $connection;") { server in
            try await withClient(.forTests(trustRootsFile: server.authority)) { client in
                var connections: Set<String> = []
                for _ in 0..<5 { connections.insert(try await client.text(server.request()).body) }
                #expect(connections.count == 1)
            }
        }
    }
}

/// An nginx that speaks TLS.
private struct SecureServer {
    static let largeSize = 8 * 1024 * 1024

    let authority: String
    let socket: String

    func request(
        _ method: HTTPRequest.Method = .get,
        host: String = "localhost",
        path: String = "/",
        body: HTTPClientRequest.Body = .none
    ) -> HTTPClientRequest {
        let head = HTTPRequest(method: method, scheme: "https", authority: host, path: path)
        return HTTPClientRequest(head, body: body, unixSocketPath: socket)
    }
}

private func withSecureServer(
    _ location: String,
    http2: Bool = true,
    _ body: (SecureServer) async throws -> Void
) async throws {
    try await withTemporaryFolder { folder in
        let certificate = try await TestCertificate(in: folder, names: ["DNS:localhost"])
        let server = SecureServer(authority: certificate.certificateFile, socket: "\(folder)/tls.sock")
        try Data(count: SecureServer.largeSize).write(to: URL(filePath: "\(folder)/large"))
        let configuration = """
            server {
                listen unix:\(server.socket) ssl \(http2 ? "http2" : "");
                ssl_certificate \(certificate.certificateFile);
                ssl_certificate_key \(certificate.keyFile);
                root \(folder);
                location / { \(location) }
            }
            """
        try await withNginx(in: folder, servers: configuration) { try await body(server) }
    }
}
