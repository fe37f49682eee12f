internal import Foundation
internal import NIOCore
internal import NIOPosix

/// A connection in the hands of a script: the server's side of it, or a raw client's.
public final class ScriptedConnection {
    /// How many connections the server had accepted before this one; 0 for a client.
    public let number: Int

    private let channel: any Channel
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    /// Received, and not yet given to the script.
    private var received: [UInt8] = []

    init(
        _ number: Int,
        _ channel: any Channel,
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>
    ) {
        self.number = number
        self.channel = channel
        self.inbound = inbound.makeAsyncIterator()
    }

    /// Returns what arrives next; nil once the client has closed.
    public func receive() async throws -> [UInt8]? {
        if !received.isEmpty {
            defer { received = [] }
            return received
        }
        return try await inbound.next().map { Array($0.readableBytesView) }
    }

    /// Returns the next request with its body, as long as its `Content-Length` says; nil once the client has closed.
    public func request() async throws -> ReceivedRequest? {
        guard var request = try await head() else { return nil }
        while received.count < request.contentLength {
            guard try await receiveMore() else { return nil }
        }
        request.body = Array(received.prefix(request.contentLength))
        received.removeFirst(request.contentLength)
        return request
    }

    /// Returns the next request's head and leaves its body to be received; nil once the client has closed.
    public func head() async throws -> ReceivedRequest? {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let range = received.firstRange(of: end) {
                defer { received.removeSubrange(..<range.upperBound) }
                return ReceivedRequest(head: String(decoding: received[..<range.lowerBound], as: UTF8.self))
            }
            guard try await receiveMore() else { return nil }
        }
    }

    /// Sends text; returns when the system has taken all of it.
    public func send(_ text: String) async throws {
        try await channel.writeAndFlush(ByteBuffer(string: text))
    }

    /// Sends bytes; returns when the system has taken all of them.
    public func send(_ bytes: [UInt8]) async throws {
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
    }

    /// Waits until the client has closed, throwing away what it sends meanwhile.
    public func closed() async {
        received = []
        // An error, such as a reset, is an end too.
        while (try? await inbound.next()) != nil {}
    }

    /// Ends the connection; returns when it is closed.
    public func close() async throws {
        try await channel.close()
    }

    /// Which way relayed bytes go.
    public enum Direction: Sendable, Hashable {
        /// From the client to the server.
        case request
        /// From the server to the client.
        case answer
    }

    /// Passes bytes on between the client and another server until one side closes.
    ///
    /// - Parameters:
    ///   - address: Where the server listens.
    ///   - tap: Sees what is about to be passed on, and ends the relay by throwing.
    /// - Throws: What `tap` throws, or the error of either side's connection.
    public func relay(
        to address: LocalAddress,
        tap: @escaping @Sendable (Direction, [UInt8]) async throws -> Void = { _, _ in }
    ) async throws {
        let upstream = try await Self.connect(to: address)
        try await upstream.executeThenClose { answers, requests in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { [channel] in
                    // What ends the answers ends the connection, so that the client does not wait for more; where the
                    // requests have ended the relay, the script may have something to say yet.
                    defer { if !Task.isCancelled { channel.close(promise: nil) } }
                    for try await bytes in answers {
                        try await tap(.answer, Array(bytes.readableBytesView))
                        try await channel.writeAndFlush(bytes)
                    }
                }
                while let bytes = try await receive() {
                    try await tap(.request, bytes)
                    try await requests.write(ByteBuffer(bytes: bytes))
                }
                group.cancelAll()
            }
        }
    }

    private static func connect(to address: LocalAddress) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        let prepare = { @Sendable (channel: any Channel) in
            channel.eventLoop.makeCompletedFuture {
                try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
            }
        }
        return switch address {
        case .port(let port): try await bootstrap.connect(host: "127.0.0.1", port: port, channelInitializer: prepare)
        case .unixSocket(let path):
            try await bootstrap.connect(unixDomainSocketPath: path, channelInitializer: prepare)
        }
    }

    /// Ends the connection by a reset, losing what is on its way.
    public func reset() async throws {
        let socket = channel as? any SocketOptionProvider
        try await socket?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try await channel.close()
    }

    private func receiveMore() async throws -> Bool {
        guard let bytes = try await inbound.next() else { return false }
        received += bytes.readableBytesView
        return true
    }
}
