import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ResponseTests {
    @Test
    func returnsTheHeadBeforeTheBodyAndTheBodyAsItArrives() async throws {
        let name = try #require(HTTPField.Name("X-A"))
        let trailer = try #require(HTTPField.Name("X-Trailer"))
        let headArrived = Gate()
        let firstArrived = Gate()
        try await withScriptedServer { connection in
            _ = try await connection.request()
            try await connection.send("HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\nX-A: 1\r\nX-A:2 \r\n\r\n")
            await headArrived.wait()
            try await connection.send("3\r\none\r\n")
            await firstArrived.wait()
            try await connection.send("3\r\ntwo\r\n0\r\nX-Trailer: ignored\r\n\r\n")
            await connection.closed()
        } _: { server in
            try await withClient { client in
                let response = try await client.execute(server.request())
                #expect(response.head.status.code == 200)
                #expect(response.head.status.reasonPhrase == "Fine")
                #expect(response.head.headerFields[values: name] == ["1", "2"])
                #expect(response.head.headerFields[trailer] == nil)
                headArrived.open()
                var body = response.body.makeAsyncIterator()
                #expect(try await body.next(isolation: nil) == Array("one".utf8))
                firstArrived.open()
                #expect(try await body.next(isolation: nil) == Array("two".utf8))
                #expect(try await body.next(isolation: nil) == nil)
                #expect(try await body.next(isolation: nil) == nil)
            }
        }
    }

    @Test(arguments: [
        ("HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
        ("HTTP/1.1 304 \r\n\r\n", 304, ""),
        ("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 2\r\n\r\nno", 302, "no"),
        ("HTTP/1.1 999\r\nContent-Length: 1\r\n\r\nx", 999, "x"),
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\ny",
            200, "y"
        ),
        ("HTTP/1.0 200 OK\r\n\r\nuntil the end", 200, "until the end"),
        ("HTTP/1.1 401 U\r\nWWW-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n", 401, ""),
        (
            "HTTP/1.1 200 Gr\u{FC}\u{DF}e\r\nX-Bytes: \u{E4}\r\nbad name: 1\r\nb\u{F6}se: 1\r\nContent-Length: 0\r\n\r\n",
            200, ""
        ),
        ("HTTP/1.1 200 OK\nContent-Length: 2\nX-Folded: a\n  b\n\nok", 200, "ok"),
    ])
    func takesResponsesOfAnyShape(bytes: String, status: Int, body: String) async throws {
        try await withAnswer(bytes.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }) { client, request in
            let answer = try await client.text(request)
            #expect(answer.status == status)
            #expect(answer.body == body)
        }
    }

    @Test(arguments: [
        "SSH-2.0-OpenSSH_9\r\n", "\r\n\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 99 Low\r\n\r\n",
        "HTTP/1.1 20000 OK\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nNul: a\0b\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnope",
        "\0\0\0\u{12}\u{4}\0\0\0\0\0",
    ])
    func failsOnWhatIsNotHTTP(bytes: String) async throws {
        try await withAnswer(Array(bytes.utf8)) { client, request in
            let error = try #require(await client.failure(request))
            #expect([.invalidResponse, .connectionLost].contains(error.code), "\(error)")
            #expect(error.progress >= .sent)
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nX-Long: \(String(repeating: "x", count: 200_000))\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\(String(repeating: "X-Many: \(String(repeating: "x", count: 1000))\r\n", count: 300))\r\n",
        String(
            repeating: "HTTP/1.1 100 Continue\r\nX-Many: \(String(repeating: "x", count: 1000))\r\n\r\n",
            count: 300
        ),
    ])
    func failsOnAHeadWithoutEnd(bytes: String) async throws {
        try await withAnswer(Array(bytes.utf8)) { client, request in
            let error = try #require(await client.failure(request))
            #expect(error.code == .invalidResponse, "\(error)")
            #expect(error.responseStarted)
        }
    }

    @Test
    func takesAHeadOfManyFields() async throws {
        let fields = (0..<1000).map { "X-\($0): \(String(repeating: "v", count: 100))\r\n" }.joined()
        try await withAnswer(Array("HTTP/1.1 200 OK\r\n\(fields)Content-Length: 0\r\n\r\n".utf8)) { client, request in
            let count = try await client.execute(request).head.headerFields.count
            #expect(count == 1001)
        }
    }

    @Test
    func decodesACompressedBody() async throws {
        // "hello hello hello\n" by gzip.
        let gzip: [UInt8] = [
            0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9,
            0x57, 0xC8, 0x40, 0x90, 0x5C, 0x00, 0x3B, 0x7C, 0x8A, 0xDF, 0x12, 0x00, 0x00, 0x00,
        ]
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(gzip.count)\r\n\r\n"
        try await withAnswer(Array(head.utf8) + gzip) { client, request in
            let body = try await client.text(request).body
            #expect(body == "hello hello hello\n")
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\npart",
    ])
    func givesWhatArrivedBeforeItTellsThatTheConnectionWasLost(bytes: String) async throws {
        try await withAnswer(Array(bytes.utf8)) { client, request in
            let response = try await client.execute(request)
            var body: [UInt8] = []
            let error = await #expect(throws: HTTPClientError.self) {
                for try await chunk in response.body { body += chunk }
            }
            #expect(String(decoding: body, as: UTF8.self) == "part")
            #expect(error?.code == .connectionLost)
            #expect(error?.responseStarted == true)
        }
    }

    @Test
    func collectsUpToABound() async throws {
        try await withAnswer(Array("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n12345".utf8)) { client, request in
            #expect(try await client.execute(request).body.collect(upTo: 5) == Array("12345".utf8))
            let response = try await client.execute(request)
            let error = await #expect(throws: HTTPClientError.self) { try await response.body.collect(upTo: 4) }
            #expect(error?.code == .bodyTooLarge)
        }
    }

    @Test
    func givesABodyToOneReaderOnly() async throws {
        try await withAnswer(Array("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx".utf8)) { client, request in
            let response = try await client.execute(request)
            #expect(try await response.body.collect(upTo: 1) == [UInt8(ascii: "x")])
            let error = await #expect(throws: HTTPClientError.self) { try await response.body.collect(upTo: 1) }
            #expect(error?.code == .bodyAlreadyRead)
        }
    }

    /// Lends a client, and a request that is answered with the bytes, after which the connection is closed.
    private func withAnswer(
        _ bytes: [UInt8],
        _ body: (HTTPClient, HTTPClientRequest) async throws -> Void
    ) async throws {
        try await withScriptedServer { connection in
            _ = try await connection.request()
            try await connection.send(bytes)
        } _: { server in
            try await withClient { client in try await body(client, server.request()) }
        }
    }
}
