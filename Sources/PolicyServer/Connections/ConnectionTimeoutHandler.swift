internal import HTTPConnections
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOHTTPTypes

/// Closes a connection whose client misses a deadline: it sends a request too slowly or not at all, or does not read
/// its response.
///
/// Receiving a part of a request does not extend its deadline. A response in progress is never cut off. When the server
/// shuts down, it waits for clients for its grace period at most.
final class ConnectionTimeoutHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var deadlines: ConnectionDeadlines
    private let refusals: Refusals
    private let grace: Duration
    private var timer: (deadline: ContinuousClock.Instant, scheduled: Scheduled<Void>)?

    /// Creates a handler for one connection.
    ///
    /// - Parameters:
    ///   - limits: The time limits.
    ///   - grace: The time that the client has at most when the server begins to shut down.
    ///   - refusals: Creates the response to a request that misses its deadline.
    init(limits: ConnectionLimits, grace: Duration, refusals: Refusals) {
        deadlines = ConnectionDeadlines(limits: limits, openedAt: .now)
        self.grace = grace
        self.refusals = refusals
    }

    func handlerAdded(context: ChannelHandlerContext) {
        schedule(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.scheduled.cancel()
        timer = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: deadlines.receivedHead(at: .now)
        case .body: break
        case .end: deadlines.receivedEnd(at: .now)
        }
        schedule(context)
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status.kind != .informational: deadlines.sentHead()
        case .head, .body: break
        case .end: deadlines.sentEnd(at: .now)
        }
        schedule(context)
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        deadlines.becameWritable(context.channel.isWritable, at: .now)
        schedule(context)
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            deadlines.beginShutdown(at: .now, grace: grace)
            schedule(context)
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// Schedules a check at the next deadline.
    ///
    /// A timer that fires before the deadline is rescheduled then; one that would fire after it is replaced.
    private func schedule(_ context: ChannelHandlerContext) {
        guard let deadline = deadlines.deadline else { return }
        if let timer {
            guard deadline < timer.deadline else { return }
            timer.scheduled.cancel()
        }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let scheduled = context.eventLoop.scheduleTask(in: TimeAmount(deadline - .now)) {
            let (handler, context) = bound.value
            handler.timer = nil
            handler.checkDeadline(context)
        }
        timer = (deadline, scheduled)
    }

    private func checkDeadline(_ context: ChannelHandlerContext) {
        guard let deadline = deadlines.deadline, deadline <= .now else { return schedule(context) }
        guard deadlines.canRefuse else { return context.close(promise: nil) }
        let (problem, body) = refusals.response(to: deadlines.isShuttingDown ? .shuttingDown : .requestTimeout)
        var fields = problem.headers
        fields[.contentLength] = String(body.readableBytes)
        fields[.connection] = "close"
        // The connection is closed after this response.
        context.write(wrapOutboundOut(.head(HTTPResponse(status: problem.status, headerFields: fields))), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
