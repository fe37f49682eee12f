import Foundation
import HTTPClient
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RequestTests {
    @Test
    func sendsMethodPathFieldsAndNothingOfItsOwnMaking() async throws {
        let empty = try #require(HTTPField.Name("X-Empty"))
        let received = try await exchange { server in
            server.request(.get, "/a/../b?q=1&r=%20", fields: [.userAgent: "test", empty: ""])
        }
        #expect(received.line == "GET /a/../b?q=1&r=%20 HTTP/1.1")
        #expect(received["user-agent"] == "test")
        #expect(received["x-empty"] == "")
        let names = Set(received.headerLines.compactMap { $0.split(separator: ":").first?.lowercased() })
        #expect(names == ["host", "user-agent", "x-empty", "accept", "accept-encoding"])
    }

    @Test(arguments: [HTTPRequest.Method.delete, .options, .trace])
    func sendsAnyMethodWithoutABody(method: HTTPRequest.Method) async throws {
        let received = try await exchange { $0.request(method, "/x") }
        #expect(received.line == "\(method.rawValue) /x HTTP/1.1")
        #expect(received["content-length"] == nil)
    }

    @Test(arguments: [HTTPRequest.Method.post, .put, .patch])
    func declaresAnEmptyBodyWhereOneIsExpected(method: HTTPRequest.Method) async throws {
        let received = try await exchange { $0.request(method, "/x") }
        #expect(received.line == "\(method.rawValue) /x HTTP/1.1")
        #expect(received["content-length"] == "0")
        #expect(received["content-type"] == nil)
    }

    @Test
    func readsAHeadResponseWithoutWaitingForABody() async throws {
        try await withScriptedServer { connection in
            let request = try await connection.request()
            #expect(request?.line == "HEAD / HTTP/1.1")
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            await connection.closed()
        } _: { server in
            try await withClient { client in
                let response = try await client.execute(server.request(.head))
                #expect(response.head.headerFields[.contentLength] == "1000")
                #expect(try await response.body.collect(upTo: 0) == [])
            }
        }
    }

    @Test(arguments: [0, 1, 70_000])
    func sendsBytes(count: Int) async throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let received = try await exchange {
            $0.request(.post, fields: [.contentType: "application/x-test"], body: .bytes(bytes))
        }
        #expect(received.body == bytes)
        #expect(received["content-length"] == "\(count)")
        #expect(received["content-type"] == "application/x-test")
        #expect(received["expect"] == nil)
    }

    @Test
    func keepsBytesOutsideASCIIInFieldsAsTheyAre() async throws {
        let name = try #require(HTTPField.Name("X-Name"))
        let received = try await exchange { $0.request(fields: [name: "Zoë"]) }
        #expect(received["x-name"] == "Zoë")
    }

    @Test(arguments: [0, 5, 300_000])
    func sendsAFile(count: Int) async throws {
        try await withTemporaryFolder { folder in
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 7) }
            let file = URL(filePath: "\(folder)/body")
            try Data(bytes).write(to: file)
            let received = try await exchange { $0.request(.put, body: .file(path: file.path)) }
            #expect(received.line == "PUT / HTTP/1.1")
            #expect(received["transfer-encoding"] == nil)
            #expect(received.body == bytes)
        }
    }

    @Test
    func refusesWhatIsNoRegularFile() async throws {
        try await withTemporaryFolder { folder in
            let pipe = "\(folder)/pipe"
            #expect(mkfifo(pipe, 0o600) == 0)
            try await withScriptedServer { _ in
            } _: { server in
                try await withClient { client in
                    for path in [folder, pipe, "\(folder)/absent", "a\0b"] {
                        let error = await client.failure(server.request(.post, body: .file(path: path)))
                        #expect(error?.code == .fileUnreadable)
                        #expect(error?.progress == .unsent)
                    }
                }
            }
        }
    }

    @Test(arguments: [true, false], [0, 1_000_000])
    func failsWhenTheFileChangesWhileItIsSent(inForm: Bool, newSize: Int) async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/body"
            let size = 8_000_000
            #expect(FileManager.default.createFile(atPath: file, contents: Data(count: size)))
            let received = Mutex(0)
            try await withScriptedServer { connection in
                guard try await connection.head() != nil else { return }
                // The client is in the middle of the file, as the sockets' buffers do not hold it.
                #expect(truncate(file, newSize) == 0)
                while let bytes = try await connection.receive() { received.withLock { $0 += bytes.count } }
            } _: { server in
                try await withClient { client in
                    let body: HTTPClientRequest.Body =
                        inForm
                        ? .multipart([MultipartPart(name: "file", content: .file(path: file, filename: "body"))])
                        : .file(path: file)
                    let error = await client.failure(server.request(.post, body: body))
                    #expect(error?.code == .fileUnreadable)
                    #expect(error?.progress == .sent)
                }
            }
            #expect(received.withLock { $0 } < size)
        }
    }

    @Test
    func neverSendsTheEndOfAFileThatWasWrittenTo() async throws {
        try await withTemporaryFolder { folder in
            let file = URL(filePath: "\(folder)/body")
            let size = 8_000_000
            try Data(count: size).write(to: file)
            try await withScriptedServer { connection in
                guard try await connection.head() != nil else { return }
                let handle = try FileHandle(forWritingTo: file)
                try handle.write(contentsOf: Data("changed".utf8))
                try handle.close()
                while try await connection.receive() != nil {}
            } _: { server in
                try await withClient { client in
                    let error = await client.failure(server.request(.post, body: .file(path: file.path)))
                    #expect(error?.code == .fileUnreadable)
                }
            }
        }
    }

    /// Sends one request to a server that answers 200, and returns what it received.
    private func exchange(_ make: (ScriptedServer) -> HTTPClientRequest) async throws -> ReceivedRequest {
        let (requests, report) = AsyncStream<ReceivedRequest>.makeStream()
        return try await withScriptedServer { connection in
            while let request = try await connection.request() {
                report.yield(request)
                try await connection.answer()
            }
        } _: { server in
            try await withClient { client in
                let status = try await client.text(make(server)).status
                #expect(status == 200)
            }
            return try #require(await requests.first { _ in true })
        }
    }
}
