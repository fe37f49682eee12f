import Synchronization
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct DocumentTextsTests {
    private final class Fetches: Sendable {
        private let names = Mutex<[String]>([])
        var all: [String] { names.withLock(\.self) }
        var count: Int { all.count }

        func text(_ name: String, bytes: Int = 1) -> String {
            names.withLock { $0.append(name) }
            return String(repeating: "x", count: bytes)
        }
    }

    /// Counts the calls that run at the same time.
    private final class Running: Sendable {
        private let counts = Mutex((now: 0, most: 0))
        var most: Int { counts.withLock(\.most) }

        func begin() {
            counts.withLock { counts in
                counts.now += 1
                counts.most = max(counts.most, counts.now)
            }
        }

        func end() { counts.withLock { $0.now -= 1 } }
    }

    @Test func callersShareOneRequest() async throws {
        let texts = DocumentTexts()
        let (fetches, gate) = (Fetches(), Gate())
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await texts.text(of: .init(sha256: "a")) {
                        await gate.wait()
                        return fetches.text("a")
                    }
                }
            }
            gate.open()
            for try await text in group { #expect(text == Array("x".utf8)) }
        }
        #expect(fetches.count == 1)
        _ = try await texts.text(of: .init(sha256: "a")) { fetches.text("a") }
        #expect(fetches.count == 1)
    }

    @Test func theLeastRecentlyUsedTextIsRemoved() async throws {
        let texts = DocumentTexts(maximumBytes: 100)
        let fetches = Fetches()
        func read(_ name: String, bytes: Int = 40) async throws {
            _ = try await texts.text(of: .init(sha256: name)) { fetches.text(name, bytes: bytes) }
        }
        for name in ["a", "b", "a", "c", "a", "b"] { try await read(name) }
        #expect(fetches.all == ["a", "b", "c", "b"])
        // A text of more than half of the size is not kept.
        for _ in 0..<2 { try await read("large", bytes: 60) }
        #expect(fetches.count == 6)
    }

    @Test func aFailureIsNotKept() async throws {
        let texts = DocumentTexts()
        await #expect(throws: PolicyAssistantError.self) {
            try await texts.text(of: .init(sha256: "a")) { throw PolicyAssistantError(.upstreamFailed, "It failed.") }
        }
        #expect(try await texts.text(of: .init(sha256: "a")) { "x" } == Array("x".utf8))
    }

    @Test func fewTextsAreRequestedAtATimeAndFewWait() async throws {
        let texts = DocumentTexts()
        let (running, gate) = (Running(), Gate())
        let limit = DocumentTexts.maximumFetches + DocumentTexts.maximumWaiting
        let refused = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<(limit + 5) {
                group.addTask {
                    do {
                        _ = try await texts.text(of: .init(sha256: "\(number)")) {
                            running.begin()
                            await gate.wait()
                            running.end()
                            return "x"
                        }
                        return false
                    } catch let error as PolicyAssistantError where error.code == .documentsBusy {
                        #expect(error.retryAfter == .seconds(2))
                        return true
                    } catch {
                        return false
                    }
                }
            }
            var refused = 0
            for await isRefused in group {
                if isRefused { refused += 1 }
                if refused == 5 { gate.open() }
            }
            return refused
        }
        #expect(refused == 5)
        #expect((1...DocumentTexts.maximumFetches).contains(running.most))
    }
}
