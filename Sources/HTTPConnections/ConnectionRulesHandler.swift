internal import NIOCore
internal import NIOHTTP1

/// Holds a connection to the rules of HTTP/1.1 (RFC 9112), between the codec of NIO and whoever answers.
///
/// A request that breaks them is refused here, and a connection ends where it has to: after a refusal, after an answer to
/// HTTP/1.0 that does not tell its length, after a body that cannot be understood, and where either side says so.
final class ConnectionRulesHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// How long a connection that has ended on this side stays open for the other side to read the last answer.
    ///
    /// Closed at once it would be reset where bytes of the caller's are unread, and the answer lost with it.
    private static let linger = TimeAmount.seconds(2)

    private let refusing: (RequestRefusal) -> (fields: HTTPHeaders, body: ByteBuffer)
    /// The requests that are not answered, in the order of their arrival.
    private var exchanges = CircularBuffer<Exchange>()
    /// Whether a head has come and the end of its request has not.
    private var isReceiving = false
    /// Whether whatever else comes is passed over.
    private var isDeaf = false
    /// A refusal that waits for the answers to earlier requests.
    private var refusal: RequestRefusal?
    /// Whether the last answer was written.
    private var hasEnded = false
    private var isInputClosed = false
    private var isOutputClosed = false
    /// Is fulfilled once the last answer that was written is with the system.
    private var sent: EventLoopFuture<Void>?
    private var lingering: Scheduled<Void>?

    /// Creates a handler for one connection.
    ///
    /// - Parameter refusing: Returns the answer to a refused request, but for status, length and connection.
    init(refusing: @escaping (RequestRefusal) -> (fields: HTTPHeaders, body: ByteBuffer)) {
        self.refusing = refusing
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isDeaf else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            do {
                let head = try head.checked()
                isReceiving = true
                exchanges.append(Exchange(head))
                context.fireChannelRead(wrapInboundOut(.head(head)))
            } catch {
                refuse(error, context)
            }
        case .body:
            if let last = lastReceiving { exchanges[last].bodyIsOnItsWay() }
            context.fireChannelRead(data)
        case .end:
            if let last = lastReceiving {
                exchanges[last].bodyIsOnItsWay()
                exchanges[last].isReceived = true
                isDeaf = !exchanges[last].isKeptAlive
            }
            isReceiving = false
            context.fireChannelRead(data)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        guard !isDeaf else { return }
        if let last = lastReceiving {
            isDeaf = true
            exchanges[last].isBroken()
            // Whoever reads the body hears of it.
            context.fireErrorCaught(error)
        } else if isReceiving {
            // The request is answered already.
            end(context)
        } else {
            refuse(RequestRefusal(error), context)
        }
    }

    /// The request whose body is on its way, as long as it is not answered.
    private var lastReceiving: CircularBuffer<Exchange>.Index? {
        exchanges.indices.last.flatMap { exchanges[$0].isReceived ? nil : $0 }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // An answer to what was refused, or to nothing, is for nobody.
        guard !hasEnded, let first = exchanges.indices.first else { return promise?.succeed() ?? () }
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status.code < 200:
            guard exchanges[first].takesInformationalHeads else { return promise?.succeed() ?? () }
            context.write(data, promise: promise)
        case .head(var head):
            exchanges[first].prepare(&head)
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            let promise = promise ?? context.eventLoop.makePromise()
            sent = promise.futureResult
            context.write(data, promise: promise)
            if !exchanges.removeFirst().isKeptAlive {
                end(context)
            } else if exchanges.isEmpty, let refusal {
                refuse(refusal, context)
            }
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output, !isOutputClosed else { return context.close(mode: mode, promise: promise) }
        // Where the caller has closed its side, this would close the connection before the last answer is out.
        if !hasEnded { end(context) }
        promise?.succeed()
    }

    func triggerUserOutboundEvent(
        context: ChannelHandlerContext,
        event: Any,
        promise: EventLoopPromise<Void>?
    ) {
        guard event is ContinueResponse else { return context.triggerUserOutboundEvent(event, promise: promise) }
        promise?.succeed()
        guard !hasEnded, let first = exchanges.indices.first, exchanges[first].awaitsContinue else { return }
        exchanges[first].bodyIsOnItsWay()
        context.writeAndFlush(
            wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))),
            promise: nil
        )
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed {
            isInputClosed = true
            if isOutputClosed { return context.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        lingering?.cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        lingering?.cancel()
    }

    private func refuse(_ refusal: RequestRefusal, _ context: ChannelHandlerContext) {
        isDeaf = true
        guard exchanges.isEmpty else {
            self.refusal = refusal
            return
        }
        let (fields, body) = refusing(refusal)
        var head = HTTPResponseHead(version: .http1_1, status: refusal.status, headers: fields)
        head.headers.replaceOrAdd(name: "content-length", value: String(body.readableBytes))
        head.headers.replaceOrAdd(name: "connection", value: "close")
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        let promise = context.eventLoop.makePromise(of: Void.self)
        sent = promise.futureResult
        context.write(wrapOutboundOut(.end(nil)), promise: promise)
        end(context)
    }

    /// Ends the connection once what is written is sent.
    private func end(_ context: ChannelHandlerContext) {
        isDeaf = true
        hasEnded = true
        context.flush()
        // Nothing more comes of the body, so whoever reads it need not wait.
        if isReceiving { context.fireErrorCaught(HTTPParserError.invalidEOFState) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        (sent ?? context.eventLoop.makeSucceededVoidFuture()).whenComplete { _ in
            let (handler, context) = bound.value
            handler.hangUp(context)
        }
    }

    private func hangUp(_ context: ChannelHandlerContext) {
        isOutputClosed = true
        guard !isInputClosed else { return context.close(promise: nil) }
        context.close(mode: .output, promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        lingering = context.eventLoop.scheduleTask(in: Self.linger) { bound.value.close(promise: nil) }
    }
}
