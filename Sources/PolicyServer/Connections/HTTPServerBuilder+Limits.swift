internal import HTTPConnections
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore

extension HTTPServerBuilder {
    /// An HTTP/1.1 server that enforces the rules of HTTP and the limits, and handles each connection's requests on its
    /// event loop.
    static func limited(
        by limits: ConnectionLimits,
        grace: Duration,
        refusals: Refusals
    ) -> HTTPServerBuilder {
        let configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionTimeoutHandler(limits: limits, grace: grace, refusals: refusals)],
            httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                maxHeaderFieldSize: RequestHeadLimits.bytes,
                maxHeaderListSize: RequestHeadLimits.bytes,
                maxHeaderFieldCount: RequestHeadLimits.fields
            )
        )
        return HTTPServerBuilder { responder in
            let channel = HTTP1Channel(responder: responder, configuration: configuration)
            return ConnectionRulesChannel(EventLoopChannel(base: channel)) { refusals.response(to: $0) }
        }
    }
}

/// A child channel that handles each connection's requests on the connection's event loop.
///
/// A turn waits often and computes little. On the connection's own thread it resumes without waking another thread,
/// which saves a lock and a context switch at each suspension.
private struct EventLoopChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        base.setup(channel: channel, logger: logger)
    }

    func handle(value: Base.Value, logger: Logger) async {
        await withTaskExecutorPreference(EventLoopExecutor(value.channel.eventLoop)) {
            await base.handle(value: value, logger: logger)
        }
    }
}

/// Runs tasks on the thread of an event loop, between its reads and writes.
final class EventLoopExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
