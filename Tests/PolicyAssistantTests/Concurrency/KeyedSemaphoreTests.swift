import Synchronization
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct KeyedSemaphoreTests {
    private final class Order: Sendable {
        let numbers = Mutex<[Int]>([])
    }

    /// Waits, without sleeping, until so many stand in the line.
    private func waitUntil(_ turnstile: KeyedSemaphore<String>, hasWaiting count: Int) async {
        while turnstile.waiting != count { await Task.yield() }
    }

    @Test func letsThroughInTheOrderOfArrival() async throws {
        let turnstile = KeyedSemaphore<String>(capacity: 1, longestLine: 100)
        let order = Order()
        try await turnstile.enter("ana")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    try await turnstile.pass("ana") { order.numbers.withLock { $0.append(number) } }
                }
                await waitUntil(turnstile, hasWaiting: number + 1)
            }
            turnstile.leave("ana")
            try await group.waitForAll()
        }
        #expect(order.numbers.withLock { $0 } == Array(0..<20))
        #expect(turnstile.waiting == 0)
    }

    @Test func aPlaceThatWasDrawnKeepsItsOrderWhoeverComesFirst() async throws {
        let turnstile = KeyedSemaphore<String>(capacity: 1, longestLine: 100)
        let order = Order()
        let places = try (0..<4).map { _ in try turnstile.draw("ana") }
        #expect(turnstile.waiting == 3)
        try await withThrowingTaskGroup(of: Void.self) { group in
            // The last is there before the first has come.
            for number in places.indices.reversed() {
                group.addTask {
                    try await turnstile.pass(places[number]) { order.numbers.withLock { $0.append(number) } }
                }
            }
            try await group.waitForAll()
        }
        #expect(order.numbers.withLock { $0 } == [0, 1, 2, 3])
    }

    @Test func aPlaceWhoseOwnerComesCancelledHoldsNobodyUp() async throws {
        let turnstile = KeyedSemaphore<String>(capacity: 1, longestLine: 100)
        let (first, second, third) = try (turnstile.draw("ana"), turnstile.draw("ana"), turnstile.draw("ana"))
        // Second is called before it comes, and third waits behind it.
        try await turnstile.pass(first) {}
        await withTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask {
                await #expect(throws: CancellationError.self) { try await turnstile.pass(second) {} }
            }
        }
        let result = try await turnstile.pass(third) { "through" }
        #expect(result == "through")
        #expect(turnstile.waiting == 0)
    }

    @Test func keysDoNotWaitForEachOther() async throws {
        let turnstile = KeyedSemaphore<String>(capacity: 1, longestLine: 100)
        try await turnstile.enter("ana")
        let result = try await turnstile.pass("ben") { "through" }
        #expect(result == "through")
        turnstile.leave("ana")
    }

    @Test func letsAsManyThroughAsItsCapacity() async throws {
        let turnstile = KeyedSemaphore<String>(capacity: 3, longestLine: 0)
        for _ in 0..<3 { try await turnstile.enter("all") }
        await #expect(throws: QueueFull.self) { try await turnstile.enter("all") }
        turnstile.leave("all")
        try await turnstile.enter("all")
    }

    @Test func refusesThoseForWhomTheLineIsTooLong() async throws {
        let turnstile = KeyedSemaphore<String>(capacity: 1, longestLine: 1)
        try await turnstile.enter("ana")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await turnstile.pass("ana") {} }
            await waitUntil(turnstile, hasWaiting: 1)
            await #expect(throws: QueueFull.self) { try await turnstile.enter("ana") }
            turnstile.leave("ana")
            try await group.waitForAll()
        }
    }

    @Test func oneWhoGivesUpLeavesTheLineToTheOthers() async throws {
        let turnstile = KeyedSemaphore<String>(capacity: 1, longestLine: 100)
        try await turnstile.enter("ana")
        let impatient = Task { try await turnstile.enter("ana") }
        await waitUntil(turnstile, hasWaiting: 1)
        let patient = Task { try await turnstile.pass("ana") { "through" } }
        await waitUntil(turnstile, hasWaiting: 2)
        impatient.cancel()
        await #expect(throws: CancellationError.self) { try await impatient.value }
        turnstile.leave("ana")
        let result = try await patient.value
        #expect(result == "through")
    }

    @Test func aBodyThatThrowsLeavesItsPlace() async throws {
        struct Failure: Error {}
        let turnstile = KeyedSemaphore<String>(capacity: 1, longestLine: 0)
        await #expect(throws: Failure.self) { try await turnstile.pass("ana") { throw Failure() } }
        try await turnstile.pass("ana") {}
    }
}
