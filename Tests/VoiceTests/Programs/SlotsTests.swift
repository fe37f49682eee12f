import Synchronization
import TestSupport
import Testing

@testable import Voice

@Suite struct SlotsTests {
    @Test func soManyWorkAtATimeAndTheRestInOrder() async throws {
        let slots = Slots(2, maximumWaiting: 100)
        let running = Mutex(0)
        let highest = Mutex(0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await slots.withSlot { () async throws(VoiceError) in
                        let now = running.withLock { running in
                            running += 1
                            return running
                        }
                        highest.withLock { $0 = max($0, now) }
                        await Task.yield()
                        running.withLock { $0 -= 1 }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(highest.withLock(\.self) == 2)
    }

    @Test func oneTooManyIsRefusedAndACancelledOneLeavesItsPlace() async throws {
        let slots = Slots(1, maximumWaiting: 1)
        let (working, mayEnd) = (Gate(), Gate())
        try await withThrowingTaskGroup(of: VoiceError.Code?.self) { group in
            group.addTask {
                try await slots.withSlot { () async throws(VoiceError) in
                    working.open()
                    await mayEnd.wait()
                }
                return nil
            }
            await working.wait()
            let waiting = Task { () -> VoiceError.Code? in
                do throws(VoiceError) {
                    try await slots.withSlot { () async throws(VoiceError) in }
                    return nil
                } catch {
                    return error.code
                }
            }
            // Until the other waits, this one may.
            var refusal: VoiceError?
            while refusal == nil {
                let task = Task { () throws -> Void in
                    try await slots.withSlot { () async throws(VoiceError) in }
                }
                task.cancel()
                do { try await task.value } catch let error as VoiceError where error.code == .busy {
                    refusal = error
                } catch {}
            }
            #expect(refusal?.retryAfter != nil)
            waiting.cancel()
            #expect(await waiting.value == .cancelled)
            mayEnd.open()
            try await group.waitForAll()
        }
        try await slots.withSlot { () async throws(VoiceError) in }
    }
}
