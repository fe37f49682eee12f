internal import Logging
internal import NIOCore
internal import Synchronization

/// The connection that all callers share: performs the actions of the ``ConnectionMachine``.
///
/// Callers use the machine under a lock, from their own threads; the channel is used on one event loop only. A flush
/// writes all requests that were submitted since it was scheduled, so that each turn of the loop makes one write,
/// whatever the number of callers.
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
    /// - Returns: The outcome of each reply, in order.
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
        let action = machine.withLock { machine in
            let probe = machine.takesProbe(now: now) ? self.probe(deadline: deadline) : []
            return machine.submit(probe + requests, now: now)
        }
        switch action {
        case .wait: break
        case .scheduleFlush: eventLoop.execute { self.flush() }
        case .connect(let reconnection): eventLoop.execute { self.connect(reconnection) }
        case .fail(let error): deliver(requests.flatMap { $0.failures(error) })
        }
    }

    /// The write that checks whether the server accepts writes; no caller waits for its reply.
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

    private func connect(_ reconnection: ConnectionMachine<ReplyWaiter>.Reconnection) {
        guard let time = reconnection.time else { return connect(reconnection.id) }
        eventLoop.scheduleTask(deadline: time) { self.connect(reconnection.id) }
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
        let action = machine.withLock { $0.receive(replies, on: id, now: .now()) }
        deliver(action.deliveries)
        guard let error = action.closing else { return }
        if error.isRefusal {
            logger.notice(
                "the Redis server refuses commands; its name is resolved again",
                metadata: ["cause": "\(error)"]
            )
        }
        current.value?.end(error)
    }

    private func ended(_ id: Int, _ error: RedisError) {
        logger.debug(
            "redis connection ended",
            metadata: ["endpoint": "\(configuration.endpoint)", "cause": "\(error)"]
        )
        let action = machine.withLock {
            $0.ended(id, error: error, now: .now(), chance: chance(), isAbandoned: \.isOver)
        }
        deliver(action.deliveries)
        if let reconnection = action.reconnection { connect(reconnection) }
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

    // MARK: Closing

    /// Fails all pending requests and begins to close the connection.
    func shutDown() {
        deliver(machine.withLock { $0.close() })
        eventLoop.execute { _ = self.current.value?.close() }
    }

    /// Fails all pending requests, closes the connection and waits until it is closed.
    func close() async {
        deliver(machine.withLock { $0.close() })
        let closed = eventLoop.flatSubmit {
            self.current.value?.close() ?? self.eventLoop.makeSucceededVoidFuture()
        }
        // The future does not fail: a channel that closes with an error is closed too.
        _ = try? await closed.get()
    }
}
