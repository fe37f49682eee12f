internal import HummingbirdCore
internal import Logging
internal import NIOCore

/// Answers each connection's requests on the event loop that reads them.
///
/// A turn waits often and works little. On its connection's own thread it goes on without waking another one, and both
/// are spared a lock and a switch at each wait.
struct LoopBoundChannel<Base: ServerChildChannel>: ServerChildChannel {
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
