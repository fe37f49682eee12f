internal import WorkQueue

/// Works on the messages of the channels, in one process.
///
/// Any number of processes share the work.
public struct ChannelWorker: Sendable {
    private let worker: Worker
    private let channel: SMSChannel

    /// Creates a worker of text messages.
    init(_ channel: SMSChannel, concurrency: Int) {
        self.channel = channel
        worker = Worker(
            channel.queue,
            handlers: channel.handlers,
            concurrency: concurrency,
            connection: channel.settings.threadsDatabase,
            onDeath: channel.replacement,
            logger: channel.logger
        )
    }

    /// Works until ``stop()`` is called and nothing is being worked on, or the task is cancelled.
    ///
    /// A cancelled task gives the messages back that are being worked on: other workers have them at once.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await channel.fetchMissed() }
            await worker.run()
            group.cancelAll()
        }
    }

    /// Takes no more messages from now on.
    public func stop() {
        worker.stop()
    }
}
