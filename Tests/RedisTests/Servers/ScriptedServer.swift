import NIOCore
import NIOPosix
import Redis
import TestSupport

/// A server on a Unix socket that speaks RESP as a test tells it to, for what a real one does not do on request.
struct ScriptedServer {
    /// What a test sees.
    enum Event: Sendable {
        /// Bytes came: all that one read got.
        case received(String)
        /// The client closed the connection.
        case closed
    }

    /// What the server does after a read.
    enum Answer: Sendable {
        case send(String)
        case sendAndHangUp(String)
        case silence
    }

    let path: String
    let events: AsyncStream<Event>

    var configuration: RedisConfiguration {
        RedisConfiguration(
            endpoint: .unixSocket(path: path),
            connectTimeout: .seconds(20),
            commandTimeout: .seconds(40)
        )
    }

    /// Waits until bytes come that contain a text, and returns them.
    func receives(_ text: String) async -> String {
        for await case .received(let bytes) in events where bytes.contains(text) { return bytes }
        return ""
    }

    /// Waits until a connection is closed by the client.
    func isLeft() async {
        for await case .closed in events { return }
    }
}

/// Lends a scripted server to a test.
///
/// - Parameters:
///   - answer: Says what to do after a read, given the bytes and the number of the connection, from 1. The PING of the
///     handshake is answered without it.
///   - body: The test.
/// - Throws: What the test throws.
func withScriptedServer(
    _ answer: @escaping @Sendable (_ bytes: String, _ connection: Int) -> ScriptedServer.Answer,
    _ body: (ScriptedServer) async throws -> Void
) async throws {
    try await withRawServer(
        { bytes, connection in
            bytes == "*1\r\n$4\r\nPING\r\n" ? .send("+PONG\r\n") : answer(bytes, connection)
        },
        body
    )
}

/// Lends a scripted server to a test that answers not even the handshake by itself.
func withRawServer(
    _ answer: @escaping @Sendable (_ bytes: String, _ connection: Int) -> ScriptedServer.Answer,
    _ body: (ScriptedServer) async throws -> Void
) async throws {
    try await withTemporaryFolder { folder in
        let (events, continuation) = AsyncStream.makeStream(of: ScriptedServer.Event.self)
        // All on one loop, so that connections are numbered in the order in which they come.
        let eventLoop = MultiThreadedEventLoopGroup.singleton.any()
        let connections = NIOLoopBoundBox.makeBoxSendingValue(0, eventLoop: eventLoop)
        let listener = try await ServerBootstrap(group: eventLoop)
            // Room for what one write of a test's client may hold, so that one read gets it.
            .childChannelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1 << 16))
            .childChannelInitializer { channel in
                connections.value += 1
                let number = connections.value
                let handler = ScriptHandler(answer: { answer($0, number) }, events: continuation)
                return channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(handler) }
            }
            .bind(unixDomainSocketPath: "\(folder)/redis")
            .get()
        do {
            try await body(ScriptedServer(path: "\(folder)/redis", events: events))
        } catch {
            try await listener.close()
            throw error
        }
        try await listener.close()
    }
}

private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answer: (String) -> ScriptedServer.Answer
    private let events: AsyncStream<ScriptedServer.Event>.Continuation

    init(answer: @escaping (String) -> ScriptedServer.Answer, events: AsyncStream<ScriptedServer.Event>.Continuation) {
        self.answer = answer
        self.events = events
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let text = String(buffer: unwrapInboundIn(data))
        events.yield(.received(text))
        switch answer(text) {
        case .send(let reply):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: reply)), promise: nil)
        case .sendAndHangUp(let reply):
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: reply)), promise: nil)
            context.close(promise: nil)
        case .silence:
            break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        events.yield(.closed)
    }
}
