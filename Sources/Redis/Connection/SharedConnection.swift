internal import Logging
internal import NIOCore
internal import Synchronization

/// The connection that all callers share: carries out what the ``ConnectionMachine`` says.
///
/// Callers reach the machine under a lock, from their own threads; all that concerns the channel happens on one event
/// loop. A flush takes whatever has gathered since it was asked for, so that there is one write for each turn of the
/// loop, however many callers there are.
final class SharedConnection: Sendable {
    private let configuration: RedisConfiguration
    private let logger: Logger
    private let eventLoop: any EventLoop
    private let dialer: Dialer
    private let chance: @Sendable () -> Double
    private let machine: Mutex<ConnectionMachine<ReplyWaiter>>
    private let current: NIOLoopBoundBox<Connection?>

    init(
        configuration: RedisConfiguration,
        logger: Logger,
        eventLoop: any EventLoop,
        chance: @escaping @Sendable () -> Double
    ) {
        self.configuration = configuration
        self.logger = logger
        self.eventLoop = eventLoop
        self.chance = chance
        dialer = Dialer(configuration: configuration, eventLoop: eventLoop)
        let machine = ConnectionMachine<ReplyWaiter>(
            backoff: configuration.backoff,
            maximumDueReplies: configuration.maximumPendingCommands,
            probeInterval: configuration.writeProbe?.interval
        )
        self.machine = Mutex(machine)
        current = .makeEmptyBox(eventLoop: eventLoop)
    }

    /// Sends commands in one write and waits for all replies or, unless it is shielded, for the task's cancellation.
    ///
    /// - Returns: As many outcomes as the commands have replies.
    func perform(_ batch: [OutgoingCommands], isShielded: Bool) async -> ReplyWaiter.Outcomes {
        guard !batch.isEmpty else { return [] }
        let waiter = ReplyWaiter(replyCount: batch.reduce(0) { $0 + $1.replyCount })
        guard !isShielded else { return await perform(batch, for: waiter) }
        return await withTaskCancellationHandler {
            await perform(batch, for: waiter)
        } onCancel: {
            waiter.cancel()
        }
    }

    private func perform(_ batch: [OutgoingCommands], for waiter: ReplyWaiter) async -> ReplyWaiter.Outcomes {
        await withCheckedContinuation { continuation in
            if waiter.begin(continuation) { submit(batch, for: waiter) }
        }
    }

    private func submit(_ batch: [OutgoingCommands], for waiter: ReplyWaiter) {
        let now = NIODeadline.now()
        let deadline = now + TimeAmount(configuration.commandTimeout)
        var requests: [Request<ReplyWaiter>] = []
        requests.reserveCapacity(batch.count)
        var slot = 0
        for commands in batch {
            requests.append(Request(waiter: waiter, firstSlot: slot, commands: commands, deadline: deadline))
            slot += commands.replyCount
        }
        let submission = machine.withLock { machine in
            let probe = machine.takesProbe(now: now) ? self.probe(deadline: deadline) : []
            return machine.submit(probe + requests, now: now)
        }
        switch submission {
        case .queued: break
        case .flush: eventLoop.execute { self.flush() }
        case .connect(let id, let time): eventLoop.execute { self.connect(id, at: time) }
        case .refuse(let error): deliver(requests.flatMap { $0.failures(error) })
        }
    }

    /// The write by which the server shows that it takes writes; nobody waits for its reply.
    private func probe(deadline: NIODeadline) -> [Request<ReplyWaiter>] {
        guard let command = configuration.writeProbe?.command, let commands = try? OutgoingCommands(command) else {
            return []
        }
        return [Request(waiter: ReplyWaiter(replyCount: 1), firstSlot: 0, commands: commands, deadline: deadline)]
    }

    private func deliver(_ deliveries: [Delivery<ReplyWaiter>]) {
        for delivery in deliveries {
            delivery.waiter.deliver(delivery.outcome, to: delivery.slot)
        }
    }

    // MARK: On the event loop

    private func flush() {
        if let bytes = machine.withLock({ $0.flush(now: .now(), isAbandoned: \.isOver) }) {
            current.value?.write(bytes)
        }
        armTimer()
    }

    private func connect(_ id: Int, at time: NIODeadline?) {
        guard let time else { return connect(id) }
        eventLoop.scheduleTask(deadline: time) { self.connect(id) }
        armTimer()
    }

    private func connect(_ id: Int) {
        // The client may have been closed in the meantime.
        guard machine.withLock({ $0.awaitsConnection(id) }) else { return }
        let listener = ConnectionHandler.Listener(
            onReady: { self.connected(id) },
            onReplies: { self.receive($0, on: id) },
            onEnd: { self.ended(id, $0) }
        )
        let connection = Connection(dialer: dialer, listener: listener)
        current.value = connection
        connection.open()
        armTimer()
    }

    private func connected(_ id: Int) {
        guard machine.withLock({ $0.connected(id, now: .now()) }) else { return }
        logger.debug("redis connection ready", metadata: ["endpoint": "\(configuration.endpoint)"])
        flush()
    }

    private func receive(_ replies: [RedisValue], on id: Int) {
        let (deliveries, ending) = machine.withLock { $0.receive(replies, on: id, now: .now()) }
        deliver(deliveries)
        guard let ending else { return }
        if ending.isRefusal {
            logger.notice(
                "the Redis server refuses commands; its name is looked up again",
                metadata: ["cause": "\(ending)"]
            )
        }
        current.value?.end(ending)
    }

    private func ended(_ id: Int, _ error: RedisError) {
        logger.debug(
            "redis connection ended",
            metadata: ["endpoint": "\(configuration.endpoint)", "cause": "\(error)"]
        )
        let (deliveries, next, time) = machine.withLock {
            $0.ended(id, error: error, now: .now(), chance: chance(), isAbandoned: \.isOver)
        }
        deliver(deliveries)
        if let next { connect(next, at: time) }
    }

    private func armTimer() {
        guard let deadline = machine.withLock({ $0.armTimer() }) else { return }
        eventLoop.scheduleTask(deadline: deadline) { self.expire() }
    }

    private func expire() {
        let expiry = machine.withLock { $0.expire(now: .now()) }
        deliver(expiry.deliveries)
        if expiry.isStuck {
            current.value?.end(RedisError(.connectionLost, "the server stopped answering"))
        }
        armTimer()
    }

    // MARK: The end

    /// Fails all that is pending and begins to close the connection.
    func shutDown() {
        deliver(machine.withLock { $0.close() })
        eventLoop.execute { _ = self.current.value?.close() }
    }

    /// Fails all that is pending, closes the connection and waits for its end.
    func close() async {
        deliver(machine.withLock { $0.close() })
        let closed = eventLoop.flatSubmit {
            self.current.value?.close() ?? self.eventLoop.makeSucceededVoidFuture()
        }
        // It has no failure: a channel that closes with an error is closed all the same.
        _ = try? await closed.get()
    }
}
