import Foundation
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct MultipartTests {
    @Test
    func writesTheFormByteForByte() async throws {
        try await withTemporaryFolder { folder in
            let file = URL(filePath: "\(folder)/local-name")
            try Data("from disk\r\n--not a boundary".utf8).write(to: file)
            let received = try await send([
                MultipartPart(name: "purpose", content: .text("assistants – für alle")),
                MultipartPart(name: "expires_after[anchor]", content: .text("")),
                MultipartPart(
                    name: "raw",
                    content: .bytes([0, 255, 10], filename: "Grüße \"neu\" C:\\x.bin", contentType: "image/x-test")
                ),
                MultipartPart(name: "none", content: .bytes([], filename: "empty.txt")),
                MultipartPart(
                    name: "file",
                    content: .file(path: file.path, filename: "報告書.pdf", contentType: "application/pdf")
                ),
            ])

            let type = try #require(received["content-type"])
            let boundary = try #require(type.wholeMatch(of: /multipart\/form-data; boundary=(-+[0-9A-Za-z]+)/)?.1)
            let golden: [UInt8] =
                Array(
                    """
                    --\(boundary)\r
                    Content-Disposition: form-data; name="purpose"\r
                    \r
                    assistants – für alle\r
                    --\(boundary)\r
                    Content-Disposition: form-data; name="expires_after[anchor]"\r
                    \r
                    \r
                    --\(boundary)\r
                    Content-Disposition: form-data; name="raw"; filename="Grüße \\"neu\\" C:\\\\x.bin"\r
                    Content-Type: image/x-test\r
                    \r

                    """.utf8
                ) + [0, 255, 10]
                + Array(
                    """
                    \r
                    --\(boundary)\r
                    Content-Disposition: form-data; name="none"; filename="empty.txt"\r
                    Content-Type: application/octet-stream\r
                    \r
                    \r
                    --\(boundary)\r
                    Content-Disposition: form-data; name="file"; filename="報告書.pdf"\r
                    Content-Type: application/pdf\r
                    \r
                    from disk\r
                    --not a boundary\r
                    --\(boundary)--\r

                    """.utf8
                )
            #expect(received.body == golden)
            #expect(received.contentLength == golden.count)
            #expect(received["transfer-encoding"] == nil)
        }
    }

    /// What is sent is the file that was opened, from its beginning, also once it has no name any more.
    @Test
    func sendsAFileThatIsOpenAlready() async throws {
        try await withTemporaryFolder { folder in
            let path = URL(filePath: "\(folder)/local-name")
            try Data("the first file".utf8).write(to: path)
            let handle = try FileHandle(forReadingFrom: path)
            let file = try OpenedFile(duplicating: handle.fileDescriptor)
            _ = try handle.readToEnd()
            try handle.close()
            try Data("another file".utf8).write(to: path, options: .atomic)
            for _ in 1...2 {
                let received = try await send([
                    MultipartPart(name: "file", content: .openedFile(file, filename: "a.md"))
                ])
                let text = String(decoding: received.body, as: UTF8.self)
                #expect(text.contains("filename=\"a.md\""))
                #expect(text.contains("\r\n\r\nthe first file\r\n--"))
            }
        }
    }

    @Test(arguments: [-1, 1_000_000])
    func refusesWhatIsNoDescriptor(descriptor: CInt) {
        let error = #expect(throws: HTTPClientError.self) { try OpenedFile(duplicating: descriptor) }
        #expect(error?.code == .fileUnreadable)
    }

    @Test
    func namesAMissingFile() async throws {
        try await withClient { client in
            let part = MultipartPart(name: "file", content: .file(path: "/nonexistent/file", filename: "a"))
            let head = HTTPRequest(method: .post, scheme: "http", authority: "127.0.0.1:1", path: "/")
            let error = await client.failure(HTTPClientRequest(head, body: .multipart([part])))
            #expect(error?.code == .fileUnreadable)
        }
    }

    @Test(arguments: ["a\r\nX-Injected: 1", "a\nb", "a\0b"])
    func refusesNamesThatWouldBreakOutOfTheirLine(name: String) async throws {
        let parts = [
            MultipartPart(name: name, content: .text("x")),
            MultipartPart(name: "file", content: .bytes([], filename: name)),
            MultipartPart(name: "file", content: .bytes([], filename: "a", contentType: name)),
        ]
        try await withClient { client in
            for part in parts {
                let head = HTTPRequest(method: .post, scheme: "http", authority: "127.0.0.1:1", path: "/")
                let error = await client.failure(HTTPClientRequest(head, body: .multipart([part])))
                #expect(error?.code == .invalidRequest)
            }
        }
    }

    private func send(_ parts: [MultipartPart]) async throws -> ReceivedRequest {
        let (requests, report) = AsyncStream<ReceivedRequest>.makeStream()
        return try await withScriptedServer { connection in
            if let request = try await connection.request() { report.yield(request) }
            try await connection.answer()
        } _: { server in
            try await withClient { client in
                _ = try await client.text(server.request(.post, body: .multipart(parts)))
            }
            return try #require(await requests.first { _ in true })
        }
    }
}
