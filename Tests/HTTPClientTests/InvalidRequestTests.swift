import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct InvalidRequestTests {
    private static let addresses: [(scheme: String?, authority: String?, path: String?)] = [
        (nil, "host", "/"), ("ftp", "host", "/"), ("file", "", "/etc/passwd"), ("http", nil, "/"), ("http", "", "/"),
        ("http", "user:secret@host", "/"), ("http", "host/x", "/"), ("http", "host?", "/"), ("http", "ho st", "/"),
        ("http", "host", nil), ("http", "host", ""), ("http", "host", "x"), ("http", "host", "*"),
        ("http", "host", "/a b"), ("http", "host", "/a#b"), ("http", "host", "/ü"), ("http", "host", "/a\r\nX: y"),
    ]

    @Test(arguments: addresses)
    func refusesAnAddressThatIsNone(scheme: String?, authority: String?, path: String?) async throws {
        let head = HTTPRequest(method: .get, scheme: scheme, authority: authority, path: path)
        try await expectInvalid(HTTPClientRequest(head))
    }

    @Test(arguments: ["Content-Length", "Transfer-Encoding", "Connection", "Expect", "Upgrade", "TE"])
    func refusesFieldsThatSayHowTheBodyIsFramed(name: String) async throws {
        var head = HTTPRequest(method: .post, scheme: "http", authority: "host", path: "/")
        head.headerFields[try #require(HTTPField.Name(name))] = "5"
        try await expectInvalid(HTTPClientRequest(head, body: .bytes([1])))
    }

    @Test
    func refusesMethodsAndBodiesThatDoNotGoTogether() async throws {
        let head = HTTPRequest(method: .head, scheme: "http", authority: "host", path: "/")
        try await expectInvalid(HTTPClientRequest(head, body: .bytes([])))
        let connect = HTTPRequest(method: .connect, scheme: "http", authority: "host", path: "/")
        try await expectInvalid(HTTPClientRequest(connect))
        var typed = HTTPRequest(method: .post, scheme: "http", authority: "host", path: "/")
        typed.headerFields[.contentType] = "multipart/form-data; boundary=mine"
        try await expectInvalid(HTTPClientRequest(typed, body: .multipart([])))
    }

    @Test(arguments: [0, 1023, 524_289])
    func refusesAReadBufferOutOfBounds(size: Int) async throws {
        let head = HTTPRequest(method: .get, scheme: "http", authority: "host", path: "/")
        try await expectInvalid(HTTPClientRequest(head, readBufferSize: size))
    }

    @Test(arguments: ["", String(repeating: "x", count: 108), "/tmp/a\0b"])
    func refusesASocketPathThatIsNone(path: String) async throws {
        let head = HTTPRequest(method: .get, scheme: "http", authority: "host", path: "/")
        try await expectInvalid(HTTPClientRequest(head, unixSocketPath: path))
    }

    /// HTTPTypes turns line breaks of values into spaces; what it lets through is refused.
    @Test
    func injectsNoHeader() async throws {
        let (requests, report) = AsyncStream<ReceivedRequest>.makeStream()
        let name = try #require(HTTPField.Name("X-Value"))
        try await withScriptedServer { connection in
            if let request = try await connection.request() { report.yield(request) }
            try await connection.answer()
        } _: { server in
            try await withClient { client in
                _ = try await client.text(server.request(fields: [name: "a\r\nX-Injected: 1"]))
                let received = try #require(await requests.first { _ in true })
                #expect(received["x-injected"] == nil)
                #expect(received["x-value"] == "a  X-Injected: 1")

                var lenient = HTTPFields()
                lenient.append(HTTPField(name: name, lenientValue: [UInt8(ascii: "a"), 0x0B, UInt8(ascii: "b")]))
                #expect(await client.failure(server.request(fields: lenient))?.code == .invalidRequest)
            }
        }
    }

    @Test
    func refusesAConfigurationThatCannotWork() {
        #expect(throws: HTTPClientError.self) {
            try HTTPClient(configuration: .forTests(trustRootsFile: "/nonexistent/roots.pem"))
        }
        #expect(throws: HTTPClientError.self) {
            try HTTPClient(configuration: .forTests(maximumConnectionsPerHost: 0))
        }
    }

    private func expectInvalid(_ request: HTTPClientRequest) async throws {
        try await withClient { client in
            let error = await client.failure(request)
            #expect(error?.code == .invalidRequest)
            #expect(error?.progress == .unsent)
            #expect(error?.detail.contains("secret") == false)
        }
    }
}
