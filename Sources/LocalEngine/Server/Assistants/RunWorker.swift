internal import Logging
internal import ServiceLifecycle

/// Makes the answers of runs, whether their clients wait for them or not.
struct RunWorker: Service {
    /// How many answers are made at once.
    private static let parallelism = 8
    /// How many runs may wait beyond those.
    private static let maximumWaiting = 1_000

    /// A run to be made, and where to tell what happens in it.
    private struct Job: Sendable {
        let turn: PreparedRun
        let events: RunEvents
        let told: AsyncStream<RunEvent>.Continuation
    }

    private let lifecycle: RunLifecycle
    private let beforeAnswering: @Sendable () async throws -> Void
    private let logger: Logger
    private let jobs: AsyncStream<Job>
    private let waiting: AsyncStream<Job>.Continuation

    /// A worker.
    ///
    /// - Parameters:
    ///   - lifecycle: Keeps what is made.
    ///   - beforeAnswering: Called before each answer is made; tests hold answers up in it.
    ///   - logger: Where it logs.
    init(lifecycle: RunLifecycle, beforeAnswering: @escaping @Sendable () async throws -> Void, logger: Logger) {
        self.lifecycle = lifecycle
        self.beforeAnswering = beforeAnswering
        self.logger = logger
        (jobs, waiting) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.maximumWaiting))
    }

    /// Takes a run over.
    ///
    /// - Returns: What happens in it, up to its end; need not be read.
    func make(_ turn: PreparedRun, events: RunEvents) async -> AsyncStream<RunEvent> {
        let (stream, told) = AsyncStream<RunEvent>.makeStream()
        for event in events.opening(turn.run) { told.yield(event) }
        switch waiting.yield(Job(turn: turn, events: events, told: told)) {
        case .enqueued: break
        case .dropped(let job): await end(job, .failed(.tooManyRuns))
        default: await end(Job(turn: turn, events: events, told: told), .failed(.interrupted))
        }
        return stream
    }

    /// Makes runs as they come until the engine shuts down; those that are then under way fail.
    func run() async throws {
        await withTaskGroup(of: Void.self) { group in
            var underWay = 0
            for await job in jobs.cancelOnGracefulShutdown() {
                if underWay == Self.parallelism {
                    await group.next()
                    underWay -= 1
                }
                group.addTask { await perform(job) }
                underWay += 1
            }
            group.cancelAll()
        }
        waiting.finish()
        for await job in jobs { await end(job, .failed(.interrupted)) }
    }

    private func perform(_ job: Job) async {
        do {
            try await waitForFiles(of: job)
            guard let begun = try await lifecycle.begin(job.turn) else { return await end(job, .cancelled) }
            tell(job, job.events.beginning(begun.run, search: begun.search))
            try await beforeAnswering()
            let answer = RunAnswer(try await lifecycle.answer(job.turn), of: job.turn)
            guard let kept = try await lifecycle.keep(answer, searched: begun.search, of: job.turn) else {
                return await end(job, .cancelled)
            }
            tell(job, job.events.answer(answer, kept))
            job.told.finish()
        } catch is CancellationError {
            await end(job, .failed(.interrupted))
        } catch {
            logger.error("run failed", metadata: ["error": "\(error.kind)"])
            await end(job, .failed(.serverError))
        }
    }

    /// Waits for the files that the thread itself brought: a minute at most, as OpenAI does.
    private func waitForFiles(of job: Job) async throws {
        var looks = 0
        while looks < 600, try await lifecycle.awaitsFiles(job.turn) {
            try await Task.sleep(for: .milliseconds(100))
            looks += 1
        }
    }

    /// Ends a run that comes to nothing.
    private func end(_ job: Job, _ ending: Run.Ending) async {
        do {
            if let ended = try await lifecycle.end(job.turn, ending) {
                tell(job, job.events.ending(ended.run, steps: ended.steps))
            } else {
                tell(job, [RunEvent("error", APIError.interrupted.fields)])
            }
        } catch {
            // Its lease will end it.
            logger.error("run not ended", metadata: ["error": "\(error.kind)"])
            tell(job, [RunEvent("error", APIError.serverError.fields)])
        }
        job.told.finish()
    }

    private func tell(_ job: Job, _ events: [RunEvent]) {
        for event in events { job.told.yield(event) }
    }
}
