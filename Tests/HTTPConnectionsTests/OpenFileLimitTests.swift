@testable import HTTPConnections
import Logging
import NIOCore
import NIOEmbedded
import NIOPosix
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct OpenFileLimitTests {
    @Test func theSoftLimitIsRaised() {
        let limit = OpenFileLimit.raise()
        #expect(limit > 0 && limit <= OpenFileLimit.maximum)
        #expect(OpenFileLimit.raise() == limit)
        #expect(sysconf(Int32(_SC_OPEN_MAX)) >= limit)
    }

    @Test(arguments: [
        // Room for all requests, and for connections that rest.
        (1 << 20, 1000, (1 << 20) - 100 - 2000), (4096, 1000, 1996),
        // Each connection may have a request.
        (1024, 1000, 308), (256, 1000, 52), (1024, 10, 904),
        // At least one.
        (50, 1000, 1),
    ])
    func connectionsLeaveRoomForTheirRequests(limit: Int, requests: Int, connections: Int) {
        #expect(
            OpenFileLimit.connections(within: limit, descriptorsPerRequest: 2, requests: requests, reserve: 100)
                == connections
        )
    }

    @Test func warnsOncePerPeriodOfFullConnections() {
        let log = RecordedLog()
        var connections = CountedConnections(maximum: 4, logger: log.logger)
        for _ in 0..<4 { connections.connectionOpened() }
        #expect(!connections.isAcceptingNewConnections())
        for _ in 0..<3 {
            connections.connectionClosed()
            #expect(connections.isAcceptingNewConnections())
            connections.connectionOpened()
        }
        #expect(log.count == 1)
        for _ in 0..<2 { connections.connectionClosed() }
        for _ in 0..<2 { connections.connectionOpened() }
        #expect(log.count == 2)
    }
}

@Suite struct DescriptorShortageTests {
    private static let shortage = IOError(errnoCode: EMFILE, reason: "accept")

    /// Counts what reaches the socket.
    private final class Reads: ChannelOutboundHandler {
        typealias OutboundIn = Never
        var count = 0

        func read(context: ChannelHandlerContext) {
            count += 1
            context.read()
        }
    }

    @Test func pausesAcceptingAfterAShortage() throws {
        let log = RecordedLog()
        let channel = EmbeddedChannel()
        let reads = Reads()
        try channel.pipeline.syncOperations.addHandler(reads)
        try channel.pipeline.syncOperations.addHandler(DescriptorShortageHandler(logger: log.logger, answer: []))
        channel.read()
        #expect(reads.count == 1)
        for _ in 0..<1000 {
            channel.pipeline.fireErrorCaught(Self.shortage)
            channel.read()
        }
        #expect(reads.count == 1, "each attempt would fail as the last one did")
        #expect(log.count == 1)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(reads.count == 2)
        #expect(throws: IOError.self) { try channel.throwIfErrorCaught() }
    }

    @Test func clientsGetAResponseDuringAShortage() async throws {
        let answer = "HTTP/1.1 503 Service Unavailable\r\n\r\n"
        let log = RecordedLog()
        let listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.autoRead, value: false)
            .bind(host: "127.0.0.1", port: 0).get()
        await DescriptorShortage.watch(listener, logger: log.logger, answer: Array(answer.utf8))
        for _ in 0..<2 {
            let caller = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(to: try #require(listener.localAddress)) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            listener.pipeline.fireErrorCaught(Self.shortage)
            let received = try await caller.executeThenClose { inbound, _ in
                var text = ""
                for try await bytes in inbound { text += String(buffer: bytes) }
                return text
            }
            #expect(received == answer)
        }
        #expect(log.count == 1)
        try await listener.close()
    }
}

/// Counts log lines.
private final class RecordedLog: Sendable {
    private let lines = Mutex(0)
    var count: Int { lines.withLock(\.self) }

    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var logLevel = Logger.Level.warning
        var metadata = Logger.Metadata()
        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) { log.lines.withLock { $0 += 1 } }
    }
}
