import Synchronization
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct KeyedSemaphoreTests {
    private final class Order: Sendable {
        let numbers = Mutex<[Int]>([])
    }

    private func makeSemaphore(capacity: Int = 1, maximumWaiting: Int = 100) -> KeyedSemaphore<String> {
        KeyedSemaphore(capacity: capacity, maximumWaiting: maximumWaiting, whenFull: .tooManyQuestions)
    }

    /// Yields until so many callers wait.
    private func waitUntil(_ semaphore: KeyedSemaphore<String>, hasWaiting count: Int) async {
        while semaphore.waiting != count { await Task.yield() }
    }

    @Test func admitsInTheOrderOfArrival() async throws {
        let semaphore = makeSemaphore()
        let order = Order()
        try await semaphore.acquire("ana")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 {
                group.addTask {
                    try await semaphore.withPermit("ana") { order.numbers.withLock { $0.append(number) } }
                }
                await waitUntil(semaphore, hasWaiting: number + 1)
            }
            semaphore.release("ana")
            try await group.waitForAll()
        }
        #expect(order.numbers.withLock { $0 } == Array(0..<20))
        #expect(semaphore.waiting == 0)
    }

    @Test func ticketsKeepTheirOrderWhoeverWaitsFirst() async throws {
        let semaphore = makeSemaphore()
        let order = Order()
        let tickets = try (0..<4).map { _ in try semaphore.enqueue("ana") }
        #expect(semaphore.waiting == 3)
        try await withThrowingTaskGroup(of: Void.self) { group in
            // The last waits before the first does.
            for number in tickets.indices.reversed() {
                group.addTask {
                    try await semaphore.withPermit(tickets[number]) { order.numbers.withLock { $0.append(number) } }
                }
            }
            try await group.waitForAll()
        }
        #expect(order.numbers.withLock { $0 } == [0, 1, 2, 3])
    }

    @Test func aTicketWhoseOwnerIsCancelledHoldsNobodyUp() async throws {
        let semaphore = makeSemaphore()
        let (first, second, third) = try (semaphore.enqueue("ana"), semaphore.enqueue("ana"), semaphore.enqueue("ana"))
        // The second is admitted before its owner waits, and the third waits behind it.
        try await semaphore.withPermit(first) {}
        await withTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask {
                await #expect(throws: CancellationError.self) { try await semaphore.withPermit(second) {} }
            }
        }
        let result = try await semaphore.withPermit(third) { "admitted" }
        #expect(result == "admitted")
        #expect(semaphore.waiting == 0)
    }

    @Test func keysDoNotWaitForEachOther() async throws {
        let semaphore = makeSemaphore()
        try await semaphore.acquire("ana")
        let result = try await semaphore.withPermit("ben") { "admitted" }
        #expect(result == "admitted")
        semaphore.release("ana")
    }

    @Test func admitsAsManyAsItsCapacity() async throws {
        let semaphore = makeSemaphore(capacity: 3, maximumWaiting: 0)
        for _ in 0..<3 { try await semaphore.acquire("all") }
        await #expect(throws: PolicyAssistantError.self) { try await semaphore.acquire("all") }
        semaphore.release("all")
        try await semaphore.acquire("all")
    }

    @Test func refusesCallersOnceTheQueueIsFull() async throws {
        let semaphore = makeSemaphore(maximumWaiting: 1)
        try await semaphore.acquire("ana")
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await semaphore.withPermit("ana") {} }
            await waitUntil(semaphore, hasWaiting: 1)
            await #expect(throws: PolicyAssistantError.self) { try await semaphore.acquire("ana") }
            semaphore.release("ana")
            try await group.waitForAll()
        }
    }

    @Test func aCancelledCallerLeavesTheQueueToTheOthers() async throws {
        let semaphore = makeSemaphore()
        try await semaphore.acquire("ana")
        let impatient = Task { try await semaphore.acquire("ana") }
        await waitUntil(semaphore, hasWaiting: 1)
        let patient = Task { try await semaphore.withPermit("ana") { "admitted" } }
        await waitUntil(semaphore, hasWaiting: 2)
        impatient.cancel()
        await #expect(throws: CancellationError.self) { try await impatient.value }
        semaphore.release("ana")
        let result = try await patient.value
        #expect(result == "admitted")
    }

    @Test func aBodyThatThrowsReleasesItsPermit() async throws {
        struct Failure: Error {}
        let semaphore = makeSemaphore(maximumWaiting: 0)
        await #expect(throws: Failure.self) { try await semaphore.withPermit("ana") { throw Failure() } }
        try await semaphore.withPermit("ana") {}
    }

    @Test func aTicketThatIsWithdrawnHoldsNobodyUp() async throws {
        let semaphore = makeSemaphore()
        let tickets = try (0..<4).map { _ in try semaphore.enqueue("ana") }
        // One that waits, and one that has the permit.
        semaphore.withdraw(tickets[1])
        #expect(semaphore.waiting == 2)
        semaphore.withdraw(tickets[0])
        // One that was admitted before its owner waited.
        semaphore.withdraw(tickets[2])
        let result = try await semaphore.withPermit(tickets[3]) { "admitted" }
        #expect(result == "admitted")
        #expect(semaphore.waiting == 0)
    }
}
