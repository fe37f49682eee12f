internal import HTTPConnections
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOHTTPTypes

/// Closes a connection whose caller dribbles a request, sends nothing, or does not take its answer.
///
/// Each part of a request has one deadline in all, which no number of bytes puts off. An answer that is being made is
/// never cut. When the server is about to end, callers get no longer than its grace.
final class ConnectionTimeoutHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var pace: ConnectionDeadlines
    private let refusals: Refusals
    private let grace: Duration
    private var timer: (deadline: ContinuousClock.Instant, scheduled: Scheduled<Void>)?

    /// Creates a handler for one connection.
    ///
    /// - Parameters:
    ///   - limits: The time that its caller has.
    ///   - grace: The time that its caller has at the most once the server is told to end.
    ///   - refusals: Answers requests that come too late.
    init(limits: ConnectionLimits, grace: Duration, refusals: Refusals) {
        pace = ConnectionDeadlines(limits: limits, openedAt: .now)
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
        case .head: pace.receivedHead(at: .now)
        case .body: break
        case .end: pace.receivedEnd(at: .now)
        }
        schedule(context)
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head) where head.status.kind != .informational: pace.sentHead()
        case .head, .body: break
        case .end: pace.sentEnd(at: .now)
        }
        schedule(context)
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        pace.becameWritable(context.channel.isWritable, at: .now)
        schedule(context)
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            pace.serverEnds(at: .now, grace: grace)
            schedule(context)
        }
        context.fireUserInboundEventTriggered(event)
    }

    /// Sees to it that the deadline is looked at when it has come.
    ///
    /// A timer that goes off too early looks again; one that would be too late is set anew.
    private func schedule(_ context: ChannelHandlerContext) {
        guard let deadline = pace.deadline else { return }
        if let timer {
            guard deadline < timer.deadline else { return }
            timer.scheduled.cancel()
        }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let scheduled = context.eventLoop.scheduleTask(in: TimeAmount(deadline - .now)) {
            let (handler, context) = bound.value
            handler.timer = nil
            handler.look(context)
        }
        timer = (deadline, scheduled)
    }

    private func look(_ context: ChannelHandlerContext) {
        guard let deadline = pace.deadline, deadline <= .now else { return schedule(context) }
        guard pace.canRefuse else { return context.close(promise: nil) }
        let (problem, body) = refusals.answer(pace.isServerEnding ? .shuttingDown : .requestTimeout)
        var fields = problem.headers
        fields[.contentLength] = String(body.readableBytes)
        fields[.connection] = "close"
        // The connection ends with this answer.
        context.write(wrapOutboundOut(.head(HTTPResponse(status: problem.status, headerFields: fields))), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}

extension Problem {
    static let requestTimeout = Problem(
        status: .requestTimeout,
        code: "request_timeout",
        detail: "The request took too long to arrive."
    )

    static let malformedRequest = Problem(refusal: .malformed)

    static let headersTooLarge = Problem(
        status: .requestHeaderFieldsTooLarge,
        code: "headers_too_large",
        detail: "The request's line and header fields must have at most \(ConnectionLimits.headerBytes) bytes and "
            + "\(ConnectionLimits.headerFields) fields."
    )
}
