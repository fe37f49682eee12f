internal import Logging
internal import Redis
internal import Synchronization

/// Takes and works on the messages of one stage.
final class StageWorker: Sendable {
    private let worker: Worker
    private let stage: WorkStage
    private let handler: WorkHandler
    /// The messages that this worker has, by their entries.
    private let leases = Mutex<[String: WorkLease]>([:])
    /// Opened when there may be something to take.
    private let news = Mutex(Latch())

    /// The longest time until the worker looks for leases that are over.
    private static let longestWait = Duration.seconds(1)

    private var queue: WorkQueue { worker.queue }

    /// The stage's name.
    var name: String { stage.name }

    init(worker: Worker, stage: WorkStage, handler: @escaping WorkHandler) {
        self.worker = worker
        self.stage = stage
        self.handler = handler
    }

    /// Looks for messages now, as there may be some.
    func rouse() {
        news.withLock(\.self).open()
    }

    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.renew() }
            await withDiscardingTaskGroup { attempts in
                await self.take { lease in
                    attempts.addTask { await self.work(on: lease) }
                }
            }
            group.cancelAll()
        }
    }

    // MARK: Taking

    /// Takes messages until the worker stops.
    private func take(_ begin: (WorkLease) -> Void) async {
        var failures = 0
        while !worker.isStopping.isOpen, !Task.isCancelled {
            // Whatever happens from here on opens this latch.
            let news = Latch()
            self.news.withLock { $0 = news }
            let held = leases.withLock { Array($0.keys) }
            guard !worker.isStopping.isOpen else { return }
            guard held.count < worker.concurrency else {
                await news.wait()
                continue
            }
            do {
                let taking = try await take(holding: held, begin)
                failures = 0
                guard taking.messages.isEmpty else { continue }
                let longest = min(Self.longestWait, queue.configuration.lease / 2, taking.due ?? Self.longestWait)
                let pause = max(longest, .milliseconds(1))
                _ = try await news.cancelling { [clock = worker.clock] in try await clock.sleep(for: pause) }
            } catch {
                failures += 1
                if failures == 1 { log(.warning, "the worker waits for Redis", ["error": "\(error)"]) }
                await worker.pause(afterFailures: failures, until: worker.isStopping)
            }
        }
    }

    private func take(holding held: [String], _ begin: (WorkLease) -> Void) async throws -> QueueScripts.Taking {
        let start = ContinuousClock.now
        let call = queue.scripts.take(
            from: stage.name,
            worker.concurrency - held.count,
            for: worker.name,
            holding: held
        )
        // A reply with messages is not to be lost to a cancellation.
        let taking = try await queue.redis.run(call, isShielded: true)
        for message in taking.messages {
            let lease = WorkLease(message, until: start + queue.configuration.lease)
            leases.withLock { $0[message.entry] = lease }
            begin(lease)
        }
        return taking
    }

    // MARK: Leases

    /// Renews the leases, until it is cancelled.
    private func renew() async {
        let interval = queue.configuration.lease / 3
        var pause = interval
        while (try? await worker.clock.sleep(for: pause)) != nil {
            let held = leases.withLock { Array($0.values) }
            pause = interval
            guard !held.isEmpty else { continue }
            let end = ContinuousClock.now + queue.configuration.lease
            do {
                let messages = held.map { ($0.message.id, $0.message.entry, $0.message.token) }
                let kept = try await queue.redis.run(queue.scripts.renew(messages, at: stage.name, of: worker.name))
                for (lease, isKept) in zip(held, kept) {
                    if isKept { lease.renew(until: end) } else { lease.isLost.open() }
                }
            } catch {
                pause = interval / 10
            }
        }
    }

    // MARK: Working

    private func work(on lease: WorkLease) async {
        let begin = ContinuousClock.now
        let result = await settle(await attempt(lease), of: lease)
        leases.withLock { $0[lease.message.entry] = nil }
        rouse()
        worker.onEvent(WorkEvent(stage: stage.name, result: result, duration: ContinuousClock.now - begin))
    }

    /// How an attempt ended.
    private enum Ending: Sendable {
        case outcome(WorkOutcome)
        case timedOut
        case lost
        /// The worker ends.
        case cancelled
    }

    private func attempt(_ lease: WorkLease) async -> Ending {
        let item = WorkItem(lease, at: stage, of: queue)
        guard lease.message.crashes < stage.retry.maximumCrashes else {
            return .outcome(.dead(reason: "\(lease.message.crashes) workers died while they had it"))
        }
        return await withTaskGroup(of: Ending.self) { group in
            group.addTask { await self.handle(item) }
            group.addTask { [clock = worker.clock, limit = stage.timeLimit] in
                (try? await clock.sleep(for: limit)) == nil ? .cancelled : .timedOut
            }
            group.addTask {
                await lease.isLost.wait()
                return Task.isCancelled ? .cancelled : .lost
            }
            let first = await group.next() ?? .cancelled
            group.cancelAll()
            // A handler that comes to an outcome all the same has done its work.
            for await ending in group {
                if case .outcome = ending, case .timedOut = first { return ending }
            }
            return first
        }
    }

    private func handle(_ item: WorkItem) async -> Ending {
        do {
            return .outcome(try await handler(item))
        } catch let error as WorkQueueError where error.code == .leaseLost {
            return .lost
        } catch {
            return Task.isCancelled ? .cancelled : .outcome(.retry(reason: "error: \(type(of: error))"))
        }
    }

    // MARK: Settling

    /// Records how an attempt ended.
    private func settle(_ ending: Ending, of lease: WorkLease) async -> WorkEvent.Result {
        switch ending {
        case .outcome(let outcome): return await settle(outcome, of: lease)
        case .timedOut:
            let limit = stage.timeLimit / .seconds(1)
            return await settle(.retry(reason: "not finished within \(limit) seconds"), of: lease)
        case .lost:
            log(.notice, "a message was lost to another worker, or erased", ["message": "\(lease.message.id)"])
            return .lost
        case .cancelled:
            let call = queue.scripts.putBack(lease.message, after: .zero, counts: false, reason: nil)
            return await report(call, of: lease, as: .returned)
        }
    }

    private func settle(_ outcome: WorkOutcome, of lease: WorkLease) async -> WorkEvent.Result {
        let message = lease.message
        switch outcome {
        case .done(let effects):
            return await finish(message, nil, effects, of: lease, as: .done)
        case .next(let stage, let payload, let effects):
            return await finish(message, .init(stage: stage, payload: payload), effects, of: lease, as: .next)
        case .retry(let reason, _) where message.attempt >= stage.retry.maximumAttempts:
            return await bury(lease, reason: reason)
        case .retry(let reason, let pause):
            let pause = pause ?? stage.retry.pause(afterAttempt: message.attempt, chance: worker.chance())
            log(.notice, "a message is tried again", ["message": "\(message.id)", "reason": "\(reason)"])
            let call = queue.scripts.putBack(message, after: pause, counts: true, reason: reason)
            return await report(call, of: lease, as: .retry)
        case .postpone(let pause, let reason):
            let call = queue.scripts.putBack(message, after: pause, counts: false, reason: reason)
            return await report(call, of: lease, as: .postponed)
        case .dead(let reason):
            return await bury(lease, reason: reason)
        }
    }

    private func finish(
        _ message: QueueScripts.Delivery,
        _ next: WorkReplacement?,
        _ effects: [RedisCommand],
        of lease: WorkLease,
        as result: WorkEvent.Result
    ) async -> WorkEvent.Result {
        do {
            if let next { _ = try queue.known(next.stage) }
            let call = try queue.scripts.finish(message, next: next, writer: stage.name, effects)
            return await report(call, of: lease, as: result)
        } catch {
            return await bury(lease, reason: "\(error)")
        }
    }

    private func bury(_ lease: WorkLease, reason: String) async -> WorkEvent.Result {
        let item = WorkItem(lease, at: stage, of: queue)
        log(.error, "a message is given up", ["message": "\(item.id)", "reason": "\(reason)"])
        var replacement = worker.onDeath(item, reason)
        if let stage = replacement?.stage, (try? queue.known(stage)) == nil {
            log(.error, "a replacement names no stage of the queue", ["message": "\(item.id)"])
            replacement = nil
        }
        let call = queue.scripts.bury(
            lease.message,
            reason: reason,
            replacement: replacement,
            id: WorkQueue.randomID(),
            writer: stage.name
        )
        return await report(call, of: lease, as: .dead)
    }

    /// Runs a script that ends a worker's hold on a message; waits for Redis if it cannot be reached, until the task is
    /// cancelled and Redis has been asked once more.
    private func report(
        _ call: QueueScriptCall<Bool>,
        of lease: WorkLease,
        as result: WorkEvent.Result
    ) async -> WorkEvent.Result {
        var failures = 0
        while true {
            let isLast = Task.isCancelled
            do {
                return try await queue.redis.run(call, isShielded: true) ? result : .lost
            } catch let error as RedisError where error.code == .server || error.code == .invalidCommand {
                // The effects are refused, for example a command on a value of the wrong type: trying again is for others.
                log(.error, "Redis refused what a message leads to", ["error": "\(error)"])
                let pause = stage.retry.pause(afterAttempt: lease.message.attempt, chance: worker.chance())
                let reason = "Redis refused: \(error.serverCode ?? "error")"
                let back = queue.scripts.putBack(lease.message, after: pause, counts: true, reason: reason)
                return (try? await queue.redis.run(back, isShielded: true)) == true ? .retry : .lost
            } catch {
                failures += 1
                if failures == 1 { log(.warning, "a message's end is not recorded yet", ["error": "\(error)"]) }
                if isLast { return .lost }
                await worker.pause(afterFailures: failures, until: lease.isLost)
                if lease.isLost.isOpen { return .lost }
            }
        }
    }

    private func log(_ level: Logger.Level, _ message: Logger.Message, _ metadata: Logger.Metadata) {
        let common: Logger.Metadata = ["queue": "\(queue.configuration.name)", "stage": "\(stage.name)"]
        worker.logger.log(level: level, message, metadata: metadata.merging(common) { first, _ in first })
    }
}
