import Foundation
import Redis
import Synchronization
import TestSupport
import Testing

@testable import WorkQueue

/// Processes that work on a queue are killed at any instant, and each message is handled once and in order all the same.
///
/// `KILLS` in the environment is the number of kills, 20 by default.
@Suite struct KillTests {
    private static let kills = ProcessInfo.processInfo.environment["KILLS"].flatMap(Int.init) ?? 20
    private static let lines = (0..<10).map { "line-\($0)" }
    private static let program = URL(fileURLWithPath: CommandLine.arguments[0])
        .deletingLastPathComponent().appendingPathComponent("queue-trial").path
    private static let lease = Duration.milliseconds(600)

    @Test func messagesAreHandledOnceAndInOrderHoweverOftenWorkersAreKilled() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let queue = WorkQueue(
                    WorkQueueConfiguration(
                        name: "trial",
                        stages: ["in", "slow", "out"].map { WorkStage($0, timeLimit: .seconds(10)) },
                        lease: Self.lease
                    ),
                    redis: redis
                )
                guard case .unixSocket(let socket) = server.configuration().endpoint else { return }
                let enqueued = try await withThrowingTaskGroup(of: Void.self) { group in
                    let areOver = Gate()
                    let remaining = Remaining(Self.kills)
                    for seed in 0..<3 {
                        group.addTask {
                            try await Self.killing(socket, seed: UInt64(seed), remaining, until: areOver)
                        }
                    }
                    // Messages come for as long as workers are killed.
                    var count = 0
                    while remaining.isPositive || count < 30 {
                        for line in Self.lines {
                            _ = try await queue.enqueue(
                                "\(line) \(count)",
                                line: line,
                                unless: "\(line) \(count)",
                                by: "test"
                            )
                        }
                        count += 1
                        while try await queue.status().depth > 60 { try await Self.breathe() }
                    }
                    while try await queue.status().depth > 0 { try await Self.breathe() }
                    areOver.open()
                    try await group.waitForAll()
                    return count
                }
                let status = try await queue.status()
                #expect(status.dead == 0)
                for line in Self.lines {
                    let expected = (0..<enqueued).map { "\(line) \($0)" }
                    for list in ["sent:\(line)", "done:\(line)"] {
                        let found = try await redis.send(RedisCommand("LRANGE", [list, "0", "-1"])).array?.map(\.string)
                        #expect(found == expected, "\(list)")
                    }
                }
                #expect(try await redis.send(RedisCommand("HLEN", ["queue:trial:messages"])).integer == 0)
            }
        }
    }

    /// Runs one worker process after another, and kills each at a random instant while there are kills left.
    private static func killing(
        _ socket: String,
        seed: UInt64,
        _ remaining: Remaining,
        until areOver: Gate
    ) async throws {
        var random = SeededGenerator(seed)
        let milliseconds = Int(lease / .milliseconds(1))
        while !areOver.isOpen {
            try await withRunningProgram(
                program,
                arguments: [socket, "\(milliseconds)", "4"],
                untilReadyAt: "working"
            ) { program in
                guard remaining.takeOne() else { return await areOver.wait() }
                // The instant of a kill is the subject of this test.
                try await Task.sleep(for: .milliseconds(.random(in: 0...400, using: &random)))
                await program.kill()
            }
        }
    }

    private static func breathe() async throws {
        try await Task.sleep(for: .milliseconds(5))
    }
}

/// The kills that are left.
private final class Remaining: Sendable {
    private let count: Mutex<Int>

    init(_ count: Int) {
        self.count = Mutex(count)
    }

    var isPositive: Bool { count.withLock { $0 > 0 } }

    func takeOne() -> Bool {
        count.withLock { count in
            count -= 1
            return count >= 0
        }
    }
}
