import Logging
import Redis
import Synchronization
import TestSupport

@testable import WorkQueue

/// What happened, in order, for a test to wait for.
final class Record: Sendable {
    private struct State {
        var events: [String] = []
        var waiting: [(count: Int, Gate)] = []
    }

    private let state = Mutex(State())

    var events: [String] { state.withLock(\.events) }

    func note(_ event: String) {
        let reached = state.withLock { state -> [Gate] in
            state.events.append(event)
            let count = state.events.count
            defer { state.waiting.removeAll { $0.count <= count } }
            return state.waiting.filter { $0.count <= count }.map(\.1)
        }
        for gate in reached { gate.open() }
    }

    /// Waits until so many events have happened, and returns them all.
    func events(atLeast count: Int) async -> [String] {
        let gate = Gate()
        let isReached = state.withLock { state in
            if state.events.count < count { state.waiting.append((count, gate)) }
            return state.events.count >= count
        }
        if !isReached { await gate.wait() }
        return events
    }
}

/// A queue on a real server, and its workers.
struct QueueFixture {
    let server: RedisServer
    let redis: RedisClient
    let queue: WorkQueue

    static let quick = WorkRetryPolicy(
        maximumAttempts: 3,
        maximumCrashes: 3,
        first: .milliseconds(1),
        longest: .milliseconds(4)
    )

    static func with(
        stages: [String] = ["in", "out"],
        timeLimit: Duration = .seconds(60),
        retry: WorkRetryPolicy = Self.quick,
        lease: Duration = .seconds(30),
        _ body: (QueueFixture) async throws -> Void
    ) async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let configuration = WorkQueueConfiguration(
                    name: "test",
                    stages: stages.map { WorkStage($0, timeLimit: timeLimit, retry: retry) },
                    lease: lease
                )
                try await body(
                    QueueFixture(server: server, redis: redis, queue: WorkQueue(configuration, redis: redis))
                )
            }
        }
    }

    /// Runs a worker while the closure runs, and lets it finish then.
    func working(
        _ handlers: [String: WorkHandler],
        concurrency: Int = 4,
        connection: RedisConfiguration? = nil,
        onDeath: @escaping @Sendable (WorkItem, String) -> WorkReplacement? = { _, _ in nil },
        record: Record? = nil,
        _ body: (Worker) async throws -> Void
    ) async throws {
        let worker = Worker(
            queue,
            handlers: handlers,
            concurrency: concurrency,
            connection: connection ?? server.configuration(),
            onDeath: onDeath,
            onEvent: { record?.note("\($0.stage) \($0.result.rawValue)") },
            chance: { 0.5 },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await worker.run() }
            try await body(worker)
            worker.stop()
            try await group.waitForAll()
        }
    }

    /// Takes messages as a worker does that tells nothing of those it has.
    func take(
        _ stage: String,
        _ maximum: Int = 10,
        as consumer: String,
        holding held: [String] = []
    ) async throws -> [QueueScripts.Delivery] {
        try await redis.run(queue.scripts.take(from: stage, maximum, for: consumer, holding: held)).messages
    }

    func list(_ key: String) async throws -> [String] {
        try await redis.send(RedisCommand("LRANGE", [key, "0", "-1"])).array?.compactMap(\.string) ?? []
    }

    /// The keys of the queue, without those that remember messages' keys.
    func keys() async throws -> [String] {
        var keys: Set<String> = []
        for try await key in redis.scan(prefix: "queue:") where !key.contains(":seen:") { keys.insert(key) }
        return keys.sorted()
    }
}
