public import Logging
public import NIOCore

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The behaviour of a server that has no file descriptor left for another connection.
public enum DescriptorShortage {
    /// Handles shortages on a listening channel: while one lasts, clients receive a fixed response, and no connection
    /// stays open.
    ///
    /// - Parameters:
    ///   - listener: The channel.
    ///   - logger: Receives one warning for each shortage.
    ///   - answer: The complete response to clients during a shortage, with `connection: close`.
    public static func watch(_ listener: any Channel, logger: Logger, answer: [UInt8]) async {
        let added = listener.eventLoop.submit {
            let handler = DescriptorShortageHandler(logger: logger, answer: answer)
            // First in the pipeline: a handler of NIO's behind it does not pass errors on.
            try listener.pipeline.syncOperations.addHandler(handler, position: .first)
        }
        // This fails only if the listener is already closed.
        try? await added.get()
    }
}

/// Stops a listening socket from accepting connections while the process or the system has no descriptor left.
///
/// Without it the event loop would busy-loop over accepting the same connection. During the shortage clients receive a
/// 503 response over a descriptor that is reserved for this purpose.
final class DescriptorShortageHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = any Channel
    typealias OutboundIn = any Channel

    /// How long no connection is accepted after an attempt has failed.
    static let pause = TimeAmount.seconds(1)
    /// The maximum number of clients that are refused in one batch.
    private static let refusalsPerBatch = 64

    private let logger: Logger
    private let answer: [UInt8]
    private var spare = SpareDescriptor()
    private var resumption: Scheduled<Void>?
    private var hasWarned = false

    /// Creates a handler for one listening socket.
    ///
    /// - Parameters:
    ///   - logger: Receives one warning for each shortage.
    ///   - answer: The complete response to clients during a shortage, with `connection: close`.
    init(logger: Logger, answer: [UInt8]) {
        self.logger = logger
        self.answer = answer
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        resumption?.cancel()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // A connection was accepted, so the next failure begins a new shortage.
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
                no connection can be accepted, because too many files are open; new clients receive a 503 response. \
                Raise the limit (ulimit -n, or LimitNOFILE= in the unit), or lower MAX_CONNECTIONS
                """
            )
        }
        refuseClients(context)
        stopAccepting(context)
        context.fireErrorCaught(error)
    }

    func read(context: ChannelHandlerContext) {
        if resumption == nil { context.read() }
    }

    private func stopAccepting(_ context: ChannelHandlerContext) {
        guard resumption == nil else { return }
        // A read that has begun continues until something is read. Only toggling the option stops it.
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

    /// Refuses the clients in the listen queue, one after the other, over the reserved descriptor.
    private func refuseClients(_ context: ChannelHandlerContext) {
        try? context.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: CInt.self) { listener in
            spare.refuse(listener, atMost: Self.refusalsPerBatch, with: answer)
        }
    }
}

/// A descriptor that is held open, so that closing it allows one more connection to be accepted during a shortage.
struct SpareDescriptor: ~Copyable {
    private var descriptor: CInt = -1

    init() {
        take()
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Opens the descriptor, if it is not open and one is available.
    mutating func take() {
        if descriptor < 0 { descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC) }
    }

    /// Accepts clients one after the other, sends each the response, and closes the connection.
    ///
    /// - Parameters:
    ///   - listener: A non-blocking listening socket.
    ///   - maximum: The maximum number of clients.
    ///   - answer: The response; only as much is sent as the socket accepts at once.
    mutating func refuse(_ listener: CInt, atMost maximum: Int, with answer: [UInt8]) {
        for _ in 0..<maximum {
            guard descriptor >= 0 else { return }
            close(descriptor)
            descriptor = -1
            let client = accept(listener, nil, nil)
            if client >= 0 { Self.refuse(client, with: answer) }
            take()
            if client < 0 { return }
        }
    }

    private static func refuse(_ client: CInt, with answer: [UInt8]) {
        var scratch = [UInt8](repeating: 0, count: 4096)
        // Closing a socket with unread input would reset the connection, and the client would lose the response.
        while recv(client, &scratch, scratch.count, CInt(MSG_DONTWAIT)) == scratch.count {}
        _ = send(client, answer, answer.count, CInt(MSG_DONTWAIT) | withoutSignal)
        _ = shutdown(client, CInt(SHUT_WR))
        close(client)
    }

    #if canImport(Darwin)
        private static let withoutSignal = CInt(0)
    #else
        private static let withoutSignal = CInt(MSG_NOSIGNAL)
    #endif
}
