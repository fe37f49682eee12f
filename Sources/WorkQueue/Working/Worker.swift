public import Logging
public import Redis

/// Works on one attempt at a message.
///
/// An error that it throws is an outcome, too: the message is tried again, for the reason of the error's type. Its task is
/// cancelled when the stage's time limit is over, when the worker has lost the message, and when the worker ends.
public typealias WorkHandler = @Sendable (WorkItem) async throws -> WorkOutcome

/// Works on the messages of a queue, in one process.
///
/// Any number of workers in any number of processes share the work. A process that is killed loses nothing: others take its
/// messages over when their leases end. While Redis cannot be reached, a worker waits; what it has finished meanwhile it
/// reports as soon as Redis is back.
public final class Worker: Sendable {
    let queue: WorkQueue
    let handlers: [String: WorkHandler]
    let concurrency: Int
    let connection: RedisConfiguration
    let onDeath: @Sendable (WorkItem, _ reason: String) -> WorkReplacement?
    let onEvent: @Sendable (WorkEvent) -> Void
    let chance: @Sendable () -> Double
    let clock: any Clock<Duration>
    let logger: Logger
    /// Its name at the streams, by which it finds what is its own.
    let name = WorkQueue.randomID()
    let isStopping = Latch()

    /// The time between deletions of what is old.
    private static let tidyingInterval = Duration.seconds(60)
    /// The pauses while Redis cannot be reached: the first, which doubles, and the longest.
    private static let (firstPause, longestPause) = (Duration.milliseconds(100), Duration.seconds(2))

    /// Creates a worker.
    ///
    /// - Parameters:
    ///   - queue: The queue.
    ///   - handlers: What works on a message, by the stages' names; stages without one are left to other workers.
    ///   - concurrency: The number of messages of each stage that are worked on at the same time, at least 1.
    ///   - connection: The queue's database: the worker has a connection of its own, on which it waits for messages.
    ///   - onDeath: Called when a message is given up; returns a message that takes its place in the line, if there is to be
    ///     one. It must not block.
    ///   - onEvent: Called after each attempt; it must not block.
    ///   - clock: Measures time limits and pauses.
    ///   - chance: Returns random numbers from 0 to 1, for the jitter of pauses.
    ///   - logger: Gets a line for each failed attempt, with IDs and reasons, and none of payloads.
    public init(
        _ queue: WorkQueue,
        handlers: [String: WorkHandler],
        concurrency: Int,
        connection: RedisConfiguration,
        onDeath: @escaping @Sendable (WorkItem, _ reason: String) -> WorkReplacement? = { _, _ in nil },
        onEvent: @escaping @Sendable (WorkEvent) -> Void = { _ in },
        clock: any Clock<Duration> = ContinuousClock(),
        chance: @escaping @Sendable () -> Double = { .random(in: 0...1) },
        logger: Logger
    ) {
        self.queue = queue
        self.handlers = handlers
        self.concurrency = max(concurrency, 1)
        self.connection = connection
        self.onDeath = onDeath
        self.onEvent = onEvent
        self.clock = clock
        self.chance = chance
        self.logger = logger
    }

    /// Works until ``stop()`` is called and no handler runs any more, or the task is cancelled.
    ///
    /// A cancelled task cancels the handlers, and gives the messages back that they do not finish; the attempts do not count.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.tidy() }
            let workers = self.queue.configuration.stages.compactMap { stage in
                self.handlers[stage.name].map { StageWorker(worker: self, stage: stage, handler: $0) }
            }
            group.addTask { await ArrivalWatch(worker: self, workers: workers).run() }
            group.addTask {
                await self.isStopping.wait()
                for worker in workers { worker.rouse() }
            }
            await withTaskGroup(of: Void.self) { stages in
                for worker in workers { stages.addTask { await worker.run() } }
            }
            group.cancelAll()
        }
    }

    /// Takes no more messages from now on; ``run()`` returns when those that it has are finished.
    public func stop() {
        isStopping.open()
    }

    /// Waits before Redis is asked again, or until the latch opens.
    func pause(afterFailures failures: Int, until latch: Latch) async {
        let bound = min(Self.longestPause, Self.firstPause * (1 << min(failures, 10)))
        let pause = bound / 2 + bound / 2 * chance()
        _ = try? await latch.cancelling { [clock] in try await clock.sleep(for: pause) }
    }

    private func tidy() async {
        repeat {
            do {
                try await queue.redis.run(queue.scripts.tidy())
            } catch {
                logger.debug("the queue was not tidied", metadata: ["queue": "\(queue.configuration.name)"])
            }
        } while (try? await clock.sleep(for: Self.tidyingInterval)) != nil
    }
}
