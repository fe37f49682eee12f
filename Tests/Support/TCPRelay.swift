import NIOCore
import NIOPosix
import Synchronization

/// A port that leads to another one, as a name leads to a server: connections go where it leads when they are made.
public final class TCPRelay: Sendable {
    /// The port of the loopback address that callers connect to.
    public let port: Int
    private let target: Mutex<Int>
    private let accepted = Atomic(0)

    fileprivate init(port: Int, target: Int) {
        self.port = port
        self.target = Mutex(target)
    }

    /// How many connections have been made.
    public var connections: Int { accepted.load(ordering: .sequentiallyConsistent) }

    /// Lets the port lead to another one; connections that are there stay as they are.
    public func lead(to port: Int) {
        target.withLock { $0 = port }
    }

    fileprivate func join(_ channel: any Channel) -> EventLoopFuture<Void> {
        accepted.add(1, ordering: .sequentiallyConsistent)
        return ClientBootstrap(group: channel.eventLoop)
            .connect(host: "127.0.0.1", port: target.withLock(\.self))
            .flatMap { other in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(ForwardingHandler(to: other))
                    try other.pipeline.syncOperations.addHandler(ForwardingHandler(to: channel))
                }
            }
    }
}

/// Lends a relay that leads to a port of the loopback address.
public func withTCPRelay<Result>(
    to target: Int,
    _ body: (TCPRelay) async throws -> Result
) async throws -> Result {
    let relay = TCPRelay(port: try await freePort(), target: target)
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelInitializer(relay.join)
        .bind(host: "127.0.0.1", port: relay.port)
        .get()
    do {
        let result = try await body(relay)
        try await listener.close()
        return result
    } catch {
        try await listener.close()
        throw error
    }
}

/// Hands on to another channel what comes on its own.
private final class ForwardingHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel

    init(to other: any Channel) {
        self.other = other
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        other.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        other.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
