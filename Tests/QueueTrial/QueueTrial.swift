import Foundation
import Logging
import Redis
import WorkQueue

/// A worker in a process of its own, for tests that kill it.
///
///     queue-trial SOCKET LEASE-MILLISECONDS CONCURRENCY
///
/// A message goes through `in`, some through `slow`, and `out`. The stage `out` sends it: it adds the payload to the list
/// `sent:<line>`, as a provider does that knows nothing of leases, and one of ten replies is lost. `done:<line>` is an effect
/// of the last step.
@main
struct QueueTrial {
    let queue: WorkQueue
    let redis: RedisClient

    static func main() async {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let lease = Int(arguments[2]), let concurrency = Int(arguments[3]) else {
            print("usage: queue-trial SOCKET LEASE-MILLISECONDS CONCURRENCY")
            exit(64)
        }
        var connection = RedisConfiguration(endpoint: .unixSocket(path: arguments[1]))
        connection.commandTimeout = .seconds(2)
        let logger = Logger(label: "queue-trial") { _ in SwiftLogNoOpLogHandler() }
        let redis = RedisClient(configuration: connection, logger: logger)
        let trial = QueueTrial(
            queue: WorkQueue(.trial(lease: .milliseconds(lease)), redis: redis),
            redis: redis
        )
        let worker = Worker(
            trial.queue,
            handlers: ["in": trial.receive, "slow": trial.delay, "out": trial.send],
            concurrency: concurrency,
            connection: connection,
            logger: logger
        )
        try? FileHandle.standardOutput.write(contentsOf: Data("working\n".utf8))
        await worker.run()
    }

    @Sendable private func receive(_ item: WorkItem) async throws -> WorkOutcome {
        try await Task.sleep(for: .milliseconds(.random(in: 0...20)))
        if Int.random(in: 0..<20) == 0 { return .retry(reason: "by chance", after: .milliseconds(20)) }
        return .next(stage: item.payload.hasSuffix("0") ? "slow" : "out", payload: item.payload)
    }

    @Sendable private func delay(_ item: WorkItem) async throws -> WorkOutcome {
        try await Task.sleep(for: .milliseconds(.random(in: 50...150)))
        return .next(stage: "out", payload: item.payload)
    }

    @Sendable private func send(_ item: WorkItem) async throws -> WorkOutcome {
        let sent = "sent:\(item.line)"
        if item.state != nil, try await redis.send(RedisCommand("LPOS", [sent, item.payload])).integer != nil {
            return .done(effects: [RedisCommand("RPUSH", ["done:\(item.line)", item.payload])])
        }
        try await item.save("sending")
        try item.checkLease()
        _ = try await redis.send(RedisCommand("RPUSH", [sent, item.payload]))
        if Int.random(in: 0..<10) == 0 { return .retry(reason: "reply lost", after: .milliseconds(30)) }
        return .done(effects: [RedisCommand("RPUSH", ["done:\(item.line)", item.payload])])
    }
}

extension WorkQueueConfiguration {
    static func trial(lease: Duration) -> WorkQueueConfiguration {
        let retry = WorkRetryPolicy(maximumAttempts: 8, first: .milliseconds(20), longest: .milliseconds(200))
        return WorkQueueConfiguration(
            name: "trial",
            stages: ["in", "slow", "out"].map { WorkStage($0, timeLimit: .seconds(10), retry: retry) },
            lease: lease
        )
    }
}
