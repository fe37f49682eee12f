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

    @Test func aCancelledReaderStopsWaiting() async throws {
        let log = TurnLog()
        let reading = Task { try await texts(log) }
        reading.cancel()
        await #expect(throws: CancellationError.self) { try await reading.value }
    }
}
