import Foundation
import HTTPClient
import HTTPTypes
import Synchronization
import TestSupport
import Testing

/// Bodies that are written while they are sent.
@Suite(.timeLimit(.minutes(1)))
struct StreamedBodyTests {
    @Test
    func sendsWhatIsWrittenAtOnce() async throws {
        let received = Mutex("")
        try await withScriptedServer { connection in
            let head = try await connection.head()
            #expect(head?.line == "POST / HTTP/1.1")
            #expect(head?["transfer-encoding"] == "chunked")
            #expect(head?["content-type"] == nil)
            #expect(head?["expect"] == nil)
            while let bytes = try await connection.receive() {
                let all = received.withLock { text in
                    text += String(decoding: bytes, as: UTF8.self)
                    return text
                }
                if all.hasSuffix("0\r\n\r\n") { return try await connection.answer("200 OK", "all") }
            }
        } _: { server in
            try await withClient { client in
                let body = StreamedBody()
                async let text = client.text(server.request(.post, body: .streamed(body)))
                for (piece, line) in [("first", "5\r\nfirst\r\n"), ("second", "6\r\nsecond\r\n")] {
                    #expect(await body.write(Array(piece.utf8)))
                    // Each is on its way before the next is written.
                    while !received.withLock({ $0.hasSuffix(line) }) { await Task.yield() }
                }
                body.finish()
                let answer = try await text
                #expect(answer.body == "all")
                #expect(await !body.write([1]))
            }
        }
    }

    @Test
    func receivesTheResponseWhileTheBodyIsWritten() async throws {
        try await withScriptedServer { connection in
            _ = try await connection.head()
            try await connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            // Sends each piece back; the empty chunk that ends the body ends the response.
            while let bytes = try await connection.receive() {
                try await connection.send(bytes)
                if String(decoding: bytes, as: UTF8.self).hasSuffix("0\r\n\r\n") { return await connection.closed() }
            }
        } _: { server in
            try await withClient { client in
                let body = StreamedBody()
                let response = try await client.execute(server.request(.post, body: .streamed(body)))
                #expect(response.head.status == .ok)
                var reader = response.body.makeAsyncIterator()
                for number in 0..<50 {
                    #expect(await body.write([UInt8](repeating: UInt8(number), count: 100)))
                    #expect(try await reader.next(isolation: nil) == [UInt8](repeating: UInt8(number), count: 100))
                }
                body.finish()
                #expect(try await reader.next(isolation: nil) == nil)
            }
        }
    }

    @Test
    func makesTheWriterWaitForTheServer() async throws {
        let mayRead = Gate()
        let total = 16 * 1024 * 1024
        let written = Gate()
        try await withScriptedServer { connection in
            _ = try await connection.head()
            await mayRead.wait()
            try await connection.chunkedBody()
            try await connection.answer("200 OK", "all")
        } _: { server in
            try await withClient { client in
                let body = StreamedBody()
                let writing = Task {
                    for _ in 0..<(total / 65_536) {
                        guard await body.write([UInt8](repeating: 7, count: 65_536)) else { return }
                    }
                    written.open()
                    body.finish()
                }
                async let text = client.text(server.request(.post, body: .streamed(body)))
                // The whole transfer beside it is the time in which the waiting one could have moved as much.
                let other = StreamedBody()
                try await withScriptedServer { connection in
                    _ = try await connection.head()
                    try await connection.chunkedBody()
                    try await connection.answer()
                } _: { server in
                    async let second = client.text(server.request(.post, body: .streamed(other)))
                    for _ in 0..<(total / 65_536) { _ = await other.write([UInt8](repeating: 7, count: 65_536)) }
                    other.finish()
                    let otherAnswer = try await second
                    #expect(otherAnswer.status == 200)
                }
                #expect(!written.isOpen)
                mayRead.open()
                let answer = try await text
                #expect(answer.body == "all")
                await writing.value
                #expect(written.isOpen)
            }
        }
    }

    @Test
    func endsWithARefusalThatComesBeforeTheBodysEnd() async throws {
        try await withScriptedServer { connection in
            _ = try await connection.head()
            _ = try await connection.receive()
            try await connection.answer("400 Bad Request", "enough")
            await connection.closed()
        } _: { server in
            try await withClient { client in
                let body = StreamedBody()
                #expect(await body.write([1, 2, 3]))
                async let text = client.text(server.request(.post, body: .streamed(body)))
                while await body.write([4]) { await Task.yield() }
                let answer = try await text
                #expect(answer.status == 400)
                #expect(answer.body == "enough")
            }
        }
    }

    @Test
    func sendsTheRestAfterAnEarlyResponse() async throws {
        let sent = Gate()
        try await withScriptedServer { connection in
            _ = try await connection.head()
            try await connection.answer("200 OK", "early")
            let received = try await connection.chunkedBody()
            #expect(String(decoding: received, as: UTF8.self).hasSuffix("4\r\nlate\r\n0\r\n\r\n"))
            sent.open()
            await connection.closed()
        } _: { server in
            try await withClient { client in
                let body = StreamedBody()
                let response = try await client.execute(server.request(.post, body: .streamed(body)))
                var reader = response.body.makeAsyncIterator()
                #expect(try await reader.next(isolation: nil) == Array("early".utf8))
                #expect(await body.write(Array("late".utf8)))
                body.finish()
                #expect(try await reader.next(isolation: nil) == nil)
                await sent.wait()
            }
        }
    }

    @Test
    func lettingGoOfTheResponseEndsTheWriting() async throws {
        let closed = Gate()
        try await withScriptedServer { connection in
            _ = try await connection.head()
            try await connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n")
            await connection.closed()
            closed.open()
        } _: { server in
            try await withClient { client in
                let body = StreamedBody()
                _ = try await client.execute(server.request(.post, body: .streamed(body)))
                await closed.wait()
                #expect(await !body.write([1]))
            }
        }
    }

    @Test
    func cancellationEndsTheWaitForRoom() async throws {
        // Without a transfer nothing is sent, so that there is room for one piece.
        let body = StreamedBody()
        #expect(await body.write([UInt8](repeating: 0, count: 65_536)))
        let task = Task { await body.write([1]) }
        task.cancel()
        #expect(await !task.value)
    }

    @Test
    func belongsToOneRequest() async throws {
        try await withScriptedServer { connection in
            while try await connection.request() != nil { try await connection.answer() }
        } _: { server in
            try await withClient { client in
                let body = StreamedBody()
                body.finish()
                _ = try? await client.text(server.request(.post, body: .streamed(body)))
                let error = await client.failure(server.request(.post, body: .streamed(body)))
                #expect(error?.code == .invalidRequest)
                #expect(error?.progress == .unsent)
            }
        }
    }

    @Test
    func aLostConnectionEndsBothDirections() async throws {
        try await withScriptedServer { connection in
            _ = try await connection.head()
            _ = try await connection.receive()
            try await connection.reset()
        } _: { server in
            try await withClient { client in
                let body = StreamedBody()
                #expect(await body.write([1]))
                async let error = client.failure(server.request(.post, body: .streamed(body)))
                while await body.write([2]) { await Task.yield() }
                let lost = await error
                #expect(lost?.code == .connectionLost)
            }
        }
    }

    @Test
    func usesAConnectionOfItsOwn() async throws {
        let numbers = Mutex<[Int]>([])
        try await withScriptedServer { connection in
            while let head = try await connection.head() {
                numbers.withLock { $0.append(connection.number) }
                if head.line.hasPrefix("POST") { try await connection.chunkedBody() }
                try await connection.answer()
            }
        } _: { server in
            try await withClient { client in
                _ = try await client.text(server.request())
                let body = StreamedBody()
                body.finish()
                _ = try await client.text(server.request(.post, body: .streamed(body)))
                _ = try await client.text(server.request())
                #expect(numbers.withLock { $0 } == [0, 1, 0])
            }
        }
    }
}

extension ScriptedConnection {
    /// Receives a chunked body to its end, so that closing the connection resets nothing that is on its way.
    ///
    /// - Returns: The body with its chunks' sizes, up to its end or the client's closing.
    @discardableResult
    fileprivate func chunkedBody() async throws -> [UInt8] {
        var body: [UInt8] = []
        while !body.suffix(5).elementsEqual("0\r\n\r\n".utf8), let bytes = try await receive() { body += bytes }
        return body
    }
}
