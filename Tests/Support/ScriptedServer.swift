internal import NIOCore
internal import NIOPosix

/// A raw stream server that does what a test tells it to, byte for byte.
public struct ScriptedServer: Sendable {
    /// Where a server listens.
    public enum Address: Sendable {
        /// A free port of 127.0.0.1.
        case loopback
        /// A Unix socket.
        case unixSocket(path: String)
    }

    /// The port listened on; 0 for a Unix socket.
    public let port: Int

    /// The Unix socket listened on, if it is one.
    public let unixSocketPath: String?

    /// What an HTTP client calls the server.
    public var authority: String { unixSocketPath == nil ? "127.0.0.1:\(port)" : "localhost" }
}

/// Runs `script` for each connection made to a server that listens until `body` returns.
///
/// A connection is closed when its script returns or throws; a script that throws does not make the test fail, since
/// scripts throw whenever their client goes away. At the end of `body` the scripts that still run are cancelled.
public func withScriptedServer<Result>(
    at address: ScriptedServer.Address = .loopback,
    script: @escaping @Sendable (ScriptedConnection) async throws -> Void,
    _ body: (ScriptedServer) async throws -> Result
) async throws -> Result {
    let listener = try await listen(at: address)
    let server =
        switch address {
        case .loopback: ScriptedServer(port: listener.channel.localAddress?.port ?? 0, unixSocketPath: nil)
        case .unixSocket(let path): ScriptedServer(port: 0, unixSocketPath: path)
        }
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await serve(listener, script) }
        defer { group.cancelAll() }
        return try await body(server)
    }
}

private typealias Listener = NIOAsyncChannel<NIOAsyncChannel<ByteBuffer, ByteBuffer>, Never>

private func listen(at address: ScriptedServer.Address) async throws -> Listener {
    let bootstrap = ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .serverChannelOption(.backlog, value: 512)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        // The server's own buffers stay small, so that what it could send tells what the client took.
        .childChannelOption(.socketOption(.so_sndbuf), value: 64 * 1024)
    let prepare = { @Sendable (channel: any Channel) in
        channel.eventLoop.makeCompletedFuture {
            try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
    }
    return switch address {
    case .loopback: try await bootstrap.bind(host: "127.0.0.1", port: 0, childChannelInitializer: prepare)
    case .unixSocket(let path):
        try await bootstrap.bind(unixDomainSocketPath: path, childChannelInitializer: prepare)
    }
}

private func serve(
    _ listener: Listener,
    _ script: @escaping @Sendable (ScriptedConnection) async throws -> Void
) async throws {
    try await withThrowingDiscardingTaskGroup { group in
        try await listener.executeThenClose { connections in
            var number = 0
            for try await channel in connections {
                group.addTask { [number] in
                    try? await serve(channel, number, script)
                }
                number += 1
            }
        }
        group.cancelAll()
    }
}

private func serve(
    _ channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>,
    _ number: Int,
    _ script: @Sendable (ScriptedConnection) async throws -> Void
) async throws {
    try await withTaskCancellationHandler {
        try await channel.executeThenClose { inbound, _ in
            try await script(ScriptedConnection(number, channel.channel, inbound))
        }
    } onCancel: {
        // Ends what the script waits for, be it that its bytes are taken.
        channel.channel.close(promise: nil)
    }
}
