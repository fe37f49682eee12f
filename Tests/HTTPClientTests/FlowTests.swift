import Foundation
import HTTPClient
import HTTPTypes
import Synchronization
import TestSupport
import Testing

/// How a body flows: backpressure, and what ends a transfer.
@Suite(.timeLimit(.minutes(1)))
struct FlowTests {
    private static let size = 64 * 1024 * 1024

    @Test
    func makesTheServerWaitForASlowReader() async throws {
        try await withTemporaryFolder { folder in
            let sent = Mutex([0, 0])
            try await withScriptedServer(at: .unixSocket(path: "\(folder)/s")) { connection in
                try await connection.answerSlowly(bytes: Self.size) { count in
                    sent.withLock { $0[connection.number] += count }
                }
            } _: { server in
                try await withClient { client in
                    let slow = try await client.execute(server.request())
                    // A whole transfer beside it is the time in which the slow one could have moved as much.
                    let fast = try await client.execute(server.request())
                    #expect(try await fast.body.count() == Self.size)
                    #expect(sent.withLock { $0[0] } < 4 * 1024 * 1024)

                    #expect(try await slow.body.count() == Self.size)
                }
            }
        }
    }

    @Test
    func doesNotTakeAPauseOfItsOwnForAStall() async throws {
        try await withScriptedServer { connection in
            guard connection.number == 0 else { return await connection.closed() }
            try await connection.answerSlowly(bytes: Self.size) { _ in }
        } _: { server in
            try await withClient { client in
                let slow = try await client.execute(server.request(timeouts: .init(stall: .seconds(3))))
                // Meanwhile a server that says nothing is given more time than the slow reader's may stand still.
                #expect(await client.failure(server.request(timeouts: .init(stall: .seconds(4))))?.code == .stalled)
                #expect(try await slow.body.count() == Self.size)
            }
        }
    }

    @Test
    func endsAPausedTransferWhoseTotalTimeIsOver() async throws {
        let closed = Gate()
        try await withScriptedServer { connection in
            defer { closed.open() }
            try await connection.answerSlowly(bytes: Self.size) { _ in }
        } _: { server in
            try await withClient { client in
                let timeouts = HTTPClientRequest.Timeouts(total: .seconds(3), stall: nil)
                let response = try await client.execute(server.request(timeouts: timeouts))
                // Nobody reads: the server learns by itself that the time is over.
                await closed.wait()
                var received = 0
                let error = await #expect(throws: HTTPClientError.self) {
                    for try await chunk in response.body { received += chunk.count }
                }
                #expect(error?.code == .timedOut)
                #expect((1..<Self.size).contains(received))
            }
        }
    }

    @Test
    func closesTheConnectionWhenTheTaskIsCancelledBeforeTheHead() async throws {
        let requested = Gate()
        let closed = Gate()
        try await withScriptedServer { connection in
            _ = try await connection.request()
            requested.open()
            await connection.closed()
            closed.open()
        } _: { server in
            try await withClient { client in
                let task = Task { await client.failure(server.request()) }
                await requested.wait()
                task.cancel()
                #expect(await task.value?.code == .cancelled)
                await closed.wait()
            }
        }
    }

    @Test
    func closesTheConnectionWhenTheReaderIsCancelled() async throws {
        let reading = Gate()
        let closed = Gate()
        try await withOpenBody(closed: closed) { response in
            let task = Task { () -> HTTPClientError? in
                var body = response.body.makeAsyncIterator()
                do throws(HTTPClientError) {
                    while try await body.next(isolation: nil) != nil { reading.open() }
                    return nil
                } catch {
                    return error
                }
            }
            await reading.wait()
            task.cancel()
            let error = await task.value
            #expect(error?.code == .cancelled)
            #expect(error?.responseStarted == true)
            await closed.wait()
        }
    }

    @Test
    func aTaskThatIsCancelledAlreadySendsNothingToWaitFor() async throws {
        try await withScriptedServer { connection in
            await connection.closed()
        } _: { server in
            try await withClient { client in
                let task = Task {
                    // Waits for nothing but the cancellation.
                    await Gate().wait()
                    return await client.failure(server.request())
                }
                task.cancel()
                #expect(await task.value?.code == .cancelled)
            }
        }
    }

    @Test
    func closesTheConnectionWhenTheBodyIsDroppedUnread() async throws {
        let closed = Gate()
        try await withOpenBody(closed: closed) { response in
            #expect(response.head.status == .ok)
        }
        await closed.wait()
    }

    @Test
    func closesTheConnectionWhenTheReaderStopsHalfway() async throws {
        let closed = Gate()
        try await withOpenBody(closed: closed) { response in
            for try await chunk in response.body {
                #expect(!chunk.isEmpty)
                break
            }
            await closed.wait()
        }
    }

    @Test
    func shutdownEndsRunningTransfers() async throws {
        let requested = Gate()
        let closed = Gate()
        try await withScriptedServer { connection in
            _ = try await connection.request()
            requested.open()
            await connection.closed()
            closed.open()
        } _: { server in
            let client = try HTTPClient(configuration: .forTests())
            async let failure = client.failure(server.request())
            await requested.wait()
            async let other: Void = client.shutdown()
            await client.shutdown()
            await other
            let error = await failure
            #expect(error?.code == .closed)
            #expect(error?.progress == .sent)
            await closed.wait()
            #expect(await client.failure(server.request())?.code == .closed)
            await client.shutdown()
        }
    }

    @Test
    func aClientThatIsLetGoClosesItsConnections() async throws {
        let closed = Gate()
        try await withScriptedServer { connection in
            try await connection.answerAll()
            closed.open()
        } _: { server in
            do {
                let client = try HTTPClient(configuration: .forTests())
                #expect(try await client.text(server.request()).status == 200)
            }
            await closed.wait()
        }
    }

    @Test
    func aBodyOutlivesTheVariableThatHoldsItsClient() async throws {
        let released = Gate()
        try await withScriptedServer { connection in
            _ = try await connection.request()
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n")
            await released.wait()
            try await connection.send("body")
        } _: { server in
            let response = try await HTTPClient(configuration: .forTests()).execute(server.request())
            released.open()
            #expect(try await response.body.collect(upTo: 4) == Array("body".utf8))
        }
    }

    /// Lends a response whose body has begun and has no end; `closed` is fired when the client has closed.
    private func withOpenBody(closed: Gate, _ body: (HTTPClientResponse) async throws -> Void) async throws {
        try await withScriptedServer { connection in
            _ = try await connection.request()
            try await connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n")
            await connection.closed()
            closed.open()
        } _: { server in
            try await withClient { client in
                try await body(try await client.execute(server.request()))
                await closed.wait()
            }
        }
    }
}
