internal import NIOCore
internal import NIOPosix

/// Connects to a port of 127.0.0.1 for as long as `body` takes, to send and receive what a test likes.
///
/// - Parameters:
///   - port: The port.
///   - body: Gets the client's side of the connection.
/// - Returns: What `body` returns.
/// - Throws: What connecting or `body` throws.
public func withRawConnection<Result>(
    toPort port: Int,
    _ body: (ScriptedConnection) async throws -> Result
) async throws -> Result {
    let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .connect(host: "127.0.0.1", port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
    return try await channel.executeThenClose { inbound, _ in
        try await body(ScriptedConnection(0, channel.channel, inbound))
    }
}
