import Synchronization
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct TurnLogTests {
    private final class Counter: Sendable {
        let count = Atomic(0)
    }

    private let failed = TurnEvent.failed(.turnCancelled)

    /// The texts of all events from a position on, until the last event.
    private func texts(_ log: TurnLog, after number: Int = 0) async throws -> [String] {
        let reader = log.reader(after: number)
        var texts: [String] = []
        var next = number + 1
        while let update = try await reader.next() {
            guard case .events(let first, let events) = update else { continue }
            #expect(first == next)
            next += events.count
            for case .delta(let text, _) in events { texts.append(text) }
        }
        return texts
    }

    @Test func everyReaderGetsAllFromItsPositionOn() async throws {
        let log = TurnLog()
        await log.append(.delta("a"))
        async let early = texts(log)
        async let late = texts(log, after: 1)
        await log.append(.delta("b"))
        await log.append(.delta("c"))
        await log.append(failed)
        #expect(try await early == ["a", "b", "c"])
        #expect(try await late == ["b", "c"])
        #expect(try await texts(log, after: 99).isEmpty)
    }

    @Test func aSlowReaderHoldsTheWriterBack() async throws {
        let log = TurnLog()
        let written = Counter()
        let reader = log.reader(after: 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for _ in 0..<10 {
                    await log.append(.delta(String(repeating: "x", count: TurnLog.window)))
                    written.count.add(1, ordering: .relaxed)
                }
                await log.append(failed)
            }
            var (read, maximumAhead) = (0, 0)
            while let update = try await reader.next() {
                if case .events(_, let events) = update { read += events.count }
                maximumAhead = max(maximumAhead, written.count.load(ordering: .relaxed) - read)
            }
            #expect(read == 11)
            #expect(maximumAhead <= 1, "one event fits into the window, and one is over it")
            try await group.waitForAll()
        }
    }

    @Test func withoutAReaderTheWriterGoesOn() async throws {
        let log = TurnLog()
        for _ in 0..<10 { await log.append(.delta(String(repeating: "x", count: TurnLog.window))) }
        await log.append(failed)
        #expect(try await texts(log).count == 10)
    }

    @Test func aReaderThatIsReleasedLetsTheWriterGoOn() async throws {
        let log = TurnLog()
        let piece = TurnEvent.delta(String(repeating: "x", count: TurnLog.window))
        try await withThrowingTaskGroup(of: Void.self) { group in
            var reader: TurnLog.Reader? = log.reader(after: 0)
            group.addTask { [failed] in
                for _ in 0..<4 { await log.append(piece) }
                await log.append(failed)
            }
            _ = try await reader?.next()
            reader = nil
            try await group.waitForAll()
        }
    }

    @Test func aReaderGetsAHeartbeatWhileThereIsNoEvent() async throws {
        let log = TurnLog()
        let reader = log.reader(after: 0)
        log.sendHeartbeat()
        guard case .heartbeat = try await reader.next() else {
            Issue.record("an event out of nothing")
            return
        }
        await log.append(.delta("a"))
        guard case .events(1, _) = try await reader.next() else {
            Issue.record("the event did not come")
            return
        }
    }

    @Test func anExcerptWantsWhatItsReadersLack() async throws {
        let log = TurnLog(excerptAfter: 5)
        #expect(log.wanted == nil, "nobody reads it")
        let middle = log.reader(after: 5)
        #expect(log.wanted == 5)
        log.add([.delta("6"), .delta("7")], after: 5)
        let start = log.reader(after: 0)
        #expect(log.wanted == 0)
        // Read before the last two came.
        log.add((1...6).map { .delta("\($0)") }, after: 0)
        #expect(log.wanted == 7)
        for (reader, number) in [(start, 1), (middle, 6)] {
            guard case .events(let first, let events) = try await reader.next() else { continue }
            #expect(first == number)
            #expect(first + events.count == 8)
        }
        #expect(log.events(after: 0).isEmpty, "all have them")
        let late = log.reader(after: 6)
        #expect(log.wanted == 6)
        log.add([.delta("7"), failed], after: 6)
        log.end(.over)
        #expect(log.wanted == nil)
        for (reader, count) in [(late, 2), (start, 1), (middle, 1)] {
            guard case .events(_, let events) = try await reader.next() else { continue }
            #expect(events.count == count)
            #expect(events.last?.isLast == true)
            #expect(try await reader.next() == nil)
        }
    }

    @Test func aLateReaderOfAFailedExcerptGetsTheEventsBeforeTheFailure() async throws {
        let log = TurnLog(excerptAfter: 2)
        let early = log.reader(after: 2)
        let late = log.reader(after: 0)
        log.end(.failed(.turnLost))
        guard case .events(3, let failure) = try await early.next() else {
            Issue.record("a reader was not told")
            return
        }
        #expect(failure.last?.isLast == true)
        #expect(log.wanted == 0)
        log.add([.delta("1"), .delta("2")], after: 0)
        var numbers: [Int] = []
        while case .events(let first, let events)? = try await late.next() { numbers += [first, events.count] }
        #expect(numbers == [1, 2, 3, 1])
    }

    @Test func aCancelledReaderStopsWaiting() async throws {
        let log = TurnLog()
        let reading = Task { try await texts(log) }
        reading.cancel()
        await #expect(throws: CancellationError.self) { try await reading.value }
    }
}
