internal import NIOCore
internal import NIOHTTP1

/// Enforces the rules of HTTP/1.1 (RFC 9112) on a connection, between NIO's codec and the server's handlers.
///
/// A request that violates them is refused here. The connection is closed where RFC 9112 demands it: after a refusal,
/// after a response to HTTP/1.0 without a known length, after a malformed body, and where either side sends
/// `connection: close`.
final class ConnectionRulesHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// How long a connection whose output is closed stays open for the client to read the last response.
    ///
    /// Closing it at once would reset it if bytes of the client's are unread, and the response would be lost.
    private static let lingerTime = TimeAmount.seconds(2)

    private let response: (RequestRefusal) -> (fields: HTTPHeaders, body: ByteBuffer)
    /// The requests without a complete response, in the order of their arrival.
    private var exchanges = CircularBuffer<Exchange>()
    /// Whether a request's head was received and its end was not.
    private var isReceiving = false
    /// Whether everything that is still received is discarded.
    private var ignoresInput = false
    /// A refusal that waits for the responses to earlier requests.
    private var pendingRefusal: RequestRefusal?
    /// Whether the last response of the connection was written.
    private var hasEnded = false
    private var isInputClosed = false
    private var isOutputClosed = false
    /// Completes when the last response has been written to the socket.
    private var lastWrite: EventLoopFuture<Void>?
    private var lingerTimer: Scheduled<Void>?

    /// Creates a handler for one connection.
    ///
    /// - Parameter response: Returns the fields and the body of the response to a refused request. The handler sets the
    ///   status, `content-length` and `connection`.
    init(response: @escaping (RequestRefusal) -> (fields: HTTPHeaders, body: ByteBuffer)) {
        self.response = response
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !ignoresInput else { return }
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
            if let last = lastReceiving { exchanges[last].bodyBegan() }
            context.fireChannelRead(data)
        case .end:
            if let last = lastReceiving {
                exchanges[last].bodyBegan()
                exchanges[last].isReceived = true
                ignoresInput = !exchanges[last].isKeptAlive
            }
            isReceiving = false
            context.fireChannelRead(data)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        guard !ignoresInput else { return }
        if let last = lastReceiving {
            ignoresInput = true
            exchanges[last].bodyFailed()
            // Tells the reader of the body.
            context.fireErrorCaught(error)
        } else if isReceiving {
            // The response is already complete.
            end(context)
        } else {
            refuse(RequestRefusal(error), context)
        }
    }

    /// The request whose body is being received, while its response is incomplete.
    private var lastReceiving: CircularBuffer<Exchange>.Index? {
        exchanges.indices.last.flatMap { exchanges[$0].isReceived ? nil : $0 }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        // Discards a response to a refused request, and one without a request.
        guard !hasEnded, let first = exchanges.indices.first else { return promise?.succeed() ?? () }
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status.code < 200:
            guard exchanges[first].allowsInformationalResponses else { return promise?.succeed() ?? () }
            context.write(data, promise: promise)
        case .head(var head):
            exchanges[first].prepare(&head)
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            let promise = promise ?? context.eventLoop.makePromise()
            lastWrite = promise.futureResult
            context.write(data, promise: promise)
            if !exchanges.removeFirst().isKeptAlive {
                end(context)
            } else if exchanges.isEmpty, let pendingRefusal {
                refuse(pendingRefusal, context)
            }
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output, !isOutputClosed else { return context.close(mode: mode, promise: promise) }
        // If the client has closed its side, this would close the connection before the last response is sent.
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
        exchanges[first].bodyBegan()
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
        lingerTimer?.cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        lingerTimer?.cancel()
    }

    private func refuse(_ refusal: RequestRefusal, _ context: ChannelHandlerContext) {
        ignoresInput = true
        guard exchanges.isEmpty else {
            pendingRefusal = refusal
            return
        }
        let (fields, body) = response(refusal)
        var head = HTTPResponseHead(version: .http1_1, status: refusal.status, headers: fields)
        head.headers.replaceOrAdd(name: "content-length", value: String(body.readableBytes))
        head.headers.replaceOrAdd(name: "connection", value: "close")
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        let promise = context.eventLoop.makePromise(of: Void.self)
        lastWrite = promise.futureResult
        context.write(wrapOutboundOut(.end(nil)), promise: promise)
        end(context)
    }

    /// Closes the connection's output once everything that was written is sent.
    private func end(_ context: ChannelHandlerContext) {
        ignoresInput = true
        hasEnded = true
        context.flush()
        // No more of the body is read, so its reader must not wait for it.
        if isReceiving { context.fireErrorCaught(HTTPParserError.invalidEOFState) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        (lastWrite ?? context.eventLoop.makeSucceededVoidFuture()).whenComplete { _ in
            let (handler, context) = bound.value
            handler.closeOutput(context)
        }
    }

    private func closeOutput(_ context: ChannelHandlerContext) {
        isOutputClosed = true
        guard !isInputClosed else { return context.close(promise: nil) }
        context.close(mode: .output, promise: nil)
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        lingerTimer = context.eventLoop.scheduleTask(in: Self.lingerTime) { bound.value.close(promise: nil) }
    }
}
