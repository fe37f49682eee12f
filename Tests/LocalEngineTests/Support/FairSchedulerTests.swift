import Synchronization
import TestSupport
import Testing

@testable import LocalEngine

@Suite struct FairSchedulerTests {
    private final class Order: Sendable {
        private let names = Mutex<[String]>([])
        var all: [String] { names.withLock(\.self) }
        func append(_ name: String) { names.withLock { $0.append(name) } }
    }

    /// Runs tasks one at a time, all of which wait before the first begins.
    ///
    /// - Returns: The tasks' names in the order in which they ran.
    private func order(_ tasks: [(key: String, load: FairScheduler.Load)], capacity: Int = 1) async throws -> [String] {
        let scheduler = FairScheduler(capacity: capacity, longestQueue: 100)
        let (gate, order) = (Gate(), Order())
        try await withThrowingTaskGroup(of: Void.self) { group in
            let begun = Counter()
            for _ in 0..<capacity {
                group.addTask {
                    try await scheduler.run(for: "first") {
                        begun.increment()
                        await gate.wait()
                    }
                }
            }
            while begun.count < capacity { await Task.yield() }
            for (place, task) in tasks.enumerated() {
                group.addTask {
                    try await scheduler.run(for: task.key, task.load) { order.append("\(task.key)\(place)") }
                }
                while scheduler.waiting != place + 1 { await Task.yield() }
            }
            gate.open()
            try await group.waitForAll()
        }
        #expect(scheduler.waiting == 0)
        return order.all
    }

    @Test func alternatesBetweenKeys() async throws {
        let tasks = ["a", "a", "a", "a", "b", "c", "b"].map { (key: $0, load: FairScheduler.Load.light) }
        #expect(try await order(tasks) == ["a0", "b4", "c5", "a1", "b6", "a2", "a3"])
    }

    @Test func runsLightTasksFirstExceptForOneInFive() async throws {
        let tasks: [(key: String, load: FairScheduler.Load)] =
            (0..<3).map { _ in ("h", .heavy) } + (0..<6).map { _ in ("l", .light) }
        // The task that held the others up was light, too.
        #expect(try await order(tasks) == ["l3", "l4", "l5", "h0", "l6", "l7", "l8", "h1", "h2"])
    }

    @Test func refusesMoreTasksThanMayWait() async throws {
        let scheduler = FairScheduler(capacity: 1, longestQueue: 1)
        let gate = Gate()
        try await withThrowingTaskGroup(of: Void.self) { group in
            let begun = Gate()
            group.addTask {
                try await scheduler.run(for: "a") {
                    begun.open()
                    await gate.wait()
                }
            }
            await begun.wait()
            group.addTask { try await scheduler.run(for: "a") {} }
            while scheduler.waiting < 1 { await Task.yield() }
            await #expect(throws: FairScheduler.QueueFull.self) { try await scheduler.run(for: "b") {} }
            gate.open()
            try await group.waitForAll()
        }
    }

    @Test func removesACancelledTaskFromTheQueue() async throws {
        let scheduler = FairScheduler(capacity: 1, longestQueue: 10)
        let (gate, begun) = (Gate(), Gate())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await scheduler.run(for: "a") {
                    begun.open()
                    await gate.wait()
                }
            }
            await begun.wait()
            let waiting = Task { try await scheduler.run(for: "b") {} }
            while scheduler.waiting < 1 { await Task.yield() }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            #expect(scheduler.waiting == 0)
            gate.open()
            try await group.waitForAll()
        }
        try await scheduler.run(for: "c") {}
    }
}
