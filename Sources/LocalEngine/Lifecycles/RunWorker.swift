internal import Logging
internal import ServiceLifecycle

/// Executes runs in the background, whether their clients wait for them or not.
struct RunWorker: Service, CustomStringConvertible {
    /// How many runs are executed at a time.
    private static let parallelism = 8
    /// How many runs are executed at a time if a model writes, which most of them wait for.
    private static let parallelismWithModel = 256
    /// How many more runs may wait.
    private static let maximumWaiting = 1_000

    /// A run to be executed, and the stream of its events.
    private struct Job: Sendable {
        let prepared: PreparedRun
        let events: RunEvents
        let stream: AsyncStream<RunEvent>.Continuation

        func send(_ events: [RunEvent]) {
            for event in events { stream.yield(event) }
        }
    }

    private let lifecycle: RunLifecycle
    private var clock: WallClock { lifecycle.runs.clock }
    private let beforeAnswering: @Sendable () async throws -> Void
    private let logger: Logger
    private let jobs: AsyncStream<Job>
    private let waiting: AsyncStream<Job>.Continuation

    /// The name that the service group logs; without it, the group reads all that the service holds.
    var description: String { "run worker" }

    /// Creates a worker.
    ///
    /// - Parameters:
    ///   - lifecycle: The states of runs.
    ///   - beforeAnswering: Called before each answer is computed; tests delay answers in it.
    ///   - logger: Logs failures.
    init(lifecycle: RunLifecycle, beforeAnswering: @escaping @Sendable () async throws -> Void, logger: Logger) {
        self.lifecycle = lifecycle
        self.beforeAnswering = beforeAnswering
        self.logger = logger
        (jobs, waiting) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.maximumWaiting))
    }

    /// Accepts a queued run.
    ///
    /// - Returns: The events of the run, up to its end; they need not be read.
    func execute(_ prepared: PreparedRun, events: RunEvents) async throws -> AsyncStream<RunEvent> {
        let (stream, continuation) = AsyncStream<RunEvent>.makeStream()
        let job = Job(prepared: prepared, events: events, stream: continuation)
        job.send(try events.opening(prepared.run))
        switch waiting.yield(job) {
        case .enqueued: break
        case .dropped(let job): await end(job, .failed(Run.Failure(.tooManyRuns)))
        default: await end(job, .failed(.interrupted))
        }
        return stream
    }

    /// Executes runs until the engine shuts down; the active ones then fail.
    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            let parallelism = lifecycle.answerer.writer == nil ? Self.parallelism : Self.parallelismWithModel
            var executing = 0
            for await job in jobs.cancelOnGracefulShutdown() {
                if executing == parallelism {
                    await group.next()
                    executing -= 1
                }
                group.addTask { await perform(job) }
                executing += 1
            }
            group.cancelAll()
        }
        waiting.finish()
        for await job in jobs { await end(job, .failed(.interrupted)) }
    }

    private func perform(_ job: Job) async {
        do {
            try await waitForFiles(of: job)
            guard let begun = try await lifecycle.begin(job.prepared) else { return await end(job, .cancelled) }
            job.send(try job.events.beginning(begun.run, search: begun.search))
            try await beforeAnswering()
            let progress = RunProgress(job.prepared, search: begun.search, job.events) { [clock] in clock.now }
            let answer = try await lifecycle.answer(job.prepared) { job.send((try? progress.events(of: $0)) ?? []) }
            guard let answer else { return await end(job, .cancelled) }
            let events = try await lifecycle.complete(
                job.prepared,
                with: answer,
                search: begun.search,
                progress,
                job.events
            )
            guard let events else { return await end(job, .cancelled) }
            job.send(events)
            job.stream.finish()
        } catch is CancellationError {
            await end(job, .failed(.interrupted))
        } catch {
            logger.error("run failed", metadata: ["error": "\(error.kind)"])
            await end(job, .failed(Run.Failure(.serverError)))
        }
    }

    /// Waits until the files of the thread's own stores are read, for a minute at most, as OpenAI does.
    private func waitForFiles(of job: Job) async throws {
        var polls = 0
        while polls < 600, try await lifecycle.awaitsFiles(job.prepared) {
            try await Task.sleep(for: .milliseconds(100))
            polls += 1
        }
    }

    /// Ends a run without an answer.
    private func end(_ job: Job, _ ending: Run.Ending) async {
        do {
            let events = try await lifecycle.end(job.prepared, ending, job.events)
            job.send(events ?? [RunEvent("error", APIError.interrupted.fields)])
        } catch {
            // The run ends with its lease.
            logger.error("run not ended", metadata: ["error": "\(error.kind)"])
            job.send([RunEvent("error", APIError.serverError.fields)])
        }
        job.stream.finish()
    }
}
