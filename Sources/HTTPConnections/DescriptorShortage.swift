public import Logging
public import NIOCore

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What becomes of a server that has no descriptor left for another connection.
public enum DescriptorShortage {
    /// Watches over a listening channel: during a shortage it accepts nobody, which the log tells once, and callers are
    /// answered and let go.
    ///
    /// - Parameters:
    ///   - listener: The channel.
    ///   - logger: Gets one warning for each shortage.
    ///   - answer: The whole answer to callers who come during a shortage, with `connection: close`.
    public static func watch(_ listener: any Channel, logger: Logger, answer: [UInt8]) async {
        let added = listener.eventLoop.submit {
            let handler = DescriptorShortageHandler(logger: logger, answer: answer)
            // Next to the socket: behind it there is a handler that keeps the errors for itself.
            try listener.pipeline.syncOperations.addHandler(handler, position: .first)
        }
        // It fails only where the listener is closed already, and then there is nothing to watch over.
        try? await added.get()
    }
}

/// Keeps a listening socket quiet while the process, or the system, has no descriptor left for another connection.
///
/// Without it the event loop would try to accept the same connection again and again, on a whole processor. Callers who
/// come in the meantime are answered 503 by way of a descriptor that is kept for this, and the log tells of it once in a
/// shortage.
final class DescriptorShortageHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = any Channel
    typealias OutboundIn = any Channel

    /// How long no connection is accepted after one could not be.
    static let pause = TimeAmount.seconds(1)
    /// The most callers who are refused at a time.
    private static let callersAtOnce = 64

    private let logger: Logger
    private let answer: [UInt8]
    private var spare = SpareDescriptor()
    private var resumption: Scheduled<Void>?
    private var hasWarned = false

    /// Creates a handler for one listening socket.
    ///
    /// - Parameters:
    ///   - logger: Gets one warning for each shortage.
    ///   - answer: The whole answer to callers who come during a shortage, with `connection: close`.
    init(logger: Logger, answer: [UInt8]) {
        self.logger = logger
        self.answer = answer
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        resumption?.cancel()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // A connection was accepted: should there be another shortage, it is a new one.
        hasWarned = false
        context.fireChannelRead(data)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let code = (error as? IOError)?.errnoCode, [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code) else {
            return context.fireErrorCaught(error)
        }
        if !hasWarned {
            hasWarned = true
            logger.warning(
                """
                no connection can be accepted, as there are too many open files; new callers are answered 503. Raise the \
                limit (ulimit -n, or LimitNOFILE= in the unit), or lower MAX_CONNECTIONS
                """
            )
        }
        refuseCallers(context)
        stopAccepting(context)
        context.fireErrorCaught(error)
    }

    func read(context: ChannelHandlerContext) {
        if resumption == nil { context.read() }
    }

    private func stopAccepting(_ context: ChannelHandlerContext) {
        guard resumption == nil else { return }
        // The socket reads when it is told to, and goes on until it has read something. Only the option stops it.
        try? context.channel.syncOptions?.setOption(.autoRead, value: true)
        try? context.channel.syncOptions?.setOption(.autoRead, value: false)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        resumption = context.eventLoop.scheduleTask(in: Self.pause) {
            let (handler, context) = bound.value
            handler.resumption = nil
            handler.spare.take()
            context.channel.read()
        }
    }

    /// Answers those who wait to be accepted, one after the other, by way of the one descriptor that is kept for this.
    private func refuseCallers(_ context: ChannelHandlerContext) {
        try? context.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: CInt.self) { listener in
            spare.refuse(listener, callers: Self.callersAtOnce, with: answer)
        }
    }
}
