import Synchronization
import TestSupport
import Testing

@testable import Voice

@Suite struct SlotsTests {
    /// How many work at present, and how many did at most.
    private final class Workers: Sendable {
        private let counts = Mutex((now: 0, highest: 0))

        var highest: Int { counts.withLock(\.highest) }

        func begin() {
            counts.withLock { counts in
                counts.now += 1
                counts.highest = max(counts.highest, counts.now)
            }
        }

        func end() { counts.withLock { $0.now -= 1 } }
    }

    @Test func soManyWorkAtATime() async throws {
        let (slots, workers, bothWork) = (Slots(2, maximumWaiting: 100), Workers(), Gate())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await slots.withSlot { () async throws(VoiceError) in
                        workers.begin()
                        // The first one waits for a second, so that there are two at a time however busy the machine is.
                        if workers.highest == 2 { bothWork.open() }
                        await bothWork.wait()
                        await Task.yield()
                        workers.end()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(workers.highest == 2)
    }

    @Test func oneTooManyIsRefusedAndACancelledOneIsNot() async throws {
        let slots = Slots(1, maximumWaiting: 0)
        try await slots.withSlot { () async throws(VoiceError) in
            let refusal = await #expect(throws: VoiceError.self) {
                try await slots.withSlot { () async throws(VoiceError) in }
            }
            #expect(refusal?.code == .busy && refusal?.retryAfter != nil)
        }
        try await slots.withSlot { () async throws(VoiceError) in }
    }

    @Test func aCancelledOneLeavesItsPlace() async throws {
        let slots = Slots(1, maximumWaiting: 1)
        try await slots.withSlot { () async throws(VoiceError) in
            for _ in 0..<3 {
                await withTaskGroup(of: Void.self) { group in
                    group.addTask {
                        let error = await #expect(throws: VoiceError.self) {
                            try await slots.withSlot { () async throws(VoiceError) in }
                        }
                        #expect(error?.code == .cancelled)
                    }
                    group.cancelAll()
                }
            }
        }
    }
}
