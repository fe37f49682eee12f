internal import NIOCore

/// One connection to the server, used on its event loop only.
final class Connection {
    private let dialer: Dialer
    private let closed: EventLoopPromise<Void>
    /// Called with events until the connection ends.
    private var listener: ConnectionHandler.Listener?
    private var channel: (any Channel)?
    private var timeout: Scheduled<Void>?

    init(dialer: Dialer, listener: ConnectionHandler.Listener) {
        self.dialer = dialer
        self.listener = listener
        closed = dialer.eventLoop.makePromise()
    }

    /// Connects; calls the listener when the connection is ready, or could not be opened within the connect timeout.
    func open() {
        let limit = dialer.configuration.connectTimeout
        timeout = dialer.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limit)) {
            self.end(RedisError(.connectionFailed, "no answer from the server within \(limit)"))
        }
        dialer.dial().assumeIsolated().whenComplete { result in
            do {
                try self.adopt(result.get())
            } catch {
                self.end(error as? RedisError ?? RedisError(connecting: error))
            }
        }
    }

    private func adopt(_ channel: any Channel) throws {
        guard listener != nil else { return channel.close(promise: nil) }
        self.channel = channel
        channel.closeFuture.cascade(to: closed)
        if let handler = try dialer.makeTLSHandler() { try channel.pipeline.syncOperations.addHandler(handler) }
        let handler = try ConnectionHandler(
            configuration: dialer.configuration,
            listener: ConnectionHandler.Listener(
                onReady: {
                    self.timeout?.cancel()
                    self.listener?.onReady()
                },
                onReplies: { self.listener?.onReplies($0) },
                onEnd: { self.end($0) }
            )
        )
        try channel.pipeline.syncOperations.addHandler(handler)
    }

    /// Writes bytes at once.
    func write(_ bytes: ByteBuffer) {
        channel?.writeAndFlush(bytes, promise: nil)
    }

    /// Ends the connection, if it has not ended yet, and calls the listener with the cause.
    func end(_ error: RedisError) {
        guard let listener else { return }
        self.listener = nil
        timeout?.cancel()
        if let channel { channel.close(promise: nil) } else { closed.succeed() }
        listener.onEnd(error)
    }

    /// Ends the connection; the future succeeds when its channel is closed.
    func close() -> EventLoopFuture<Void> {
        end(RedisError(.closed, "the client was closed"))
        return closed.futureResult
    }
}
