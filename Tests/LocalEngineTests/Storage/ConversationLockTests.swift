import Foundation
import GRDB
import TestSupport
import Testing

@testable import LocalEngine

@Suite struct ConversationLockTests {
    /// An engine's answers wait, from the second on, until the gate opens; the signal says that one waits.
    private struct Held {
        let gate = Gate()
        let waits = Gate()

        func hooks(_ time: TestTime = TestTime(), holder: LeaseHolder = .make()) -> EngineTestHooks {
            EngineTestHooks(
                clock: time.clock,
                holder: holder,
                beforeAnswering: {
                    waits.open()
                    await gate.wait()
                    try Task.checkCancellation()
                }
            )
        }
    }

    private static func question(_ conversation: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
        let body: [String: JSONValue] = ["model": "m", "input": "Hello?", "conversation": .string(conversation)]
        return .object(body.merging(more) { _, new in new })
    }

    private static func expectLocked(_ reply: Reply) {
        #expect(
            reply.json == [
                "error": [
                    "message":
                        "Another process is currently operating on this conversation. Please retry in a few seconds.",
                    "type": "invalid_request_error", "param": "conversation", "code": "conversation_locked",
                ]
            ]
        )
        #expect(reply.status == 400)
    }

    @Test func refusesASecondResponseUntilTheFirstHasEnded() async throws {
        let held = Held()
        try await withEngine(held.hooks()) { engine in
            let conversation = try await engine.post("conversations").id
            async let first = engine.post("responses", Self.question(conversation))
            await held.waits.wait()
            Self.expectLocked(try await engine.post("responses", Self.question(conversation)))
            Self.expectLocked(try await engine.post("responses", Self.question(conversation, ["stream": true])))
            let items: JSONValue = ["items": [["role": "user", "content": "x"]]]
            Self.expectLocked(try await engine.post("conversations/\(conversation)/items", items))
            held.gate.open()
            #expect(try await first.status == 200)
            #expect(try await engine.post("responses", Self.question(conversation)).status == 200)
            #expect(try await engine.get("conversations/\(conversation)/items").list.count == 4)
        }
    }

    @Test func holdsAcrossEnginesOnOneDatabase() async throws {
        try await withTemporaryFolder { folder in
            let held = Held()
            try await withEngine(in: folder, held.hooks()) { engine in
                try await withEngine(in: folder, EngineTestHooks(clock: TestTime().clock), socket: "b") { other in
                    let conversation = try await engine.post("conversations").id
                    async let first = engine.post("responses", Self.question(conversation))
                    await held.waits.wait()
                    Self.expectLocked(try await other.post("responses", Self.question(conversation)))
                    held.gate.open()
                    #expect(try await first.status == 200)
                    #expect(try await other.post("responses", Self.question(conversation)).status == 200)
                }
            }
        }
    }

    @Test(arguments: [true, false])
    func isReleasedWhenTheClientDisconnects(isStreamed: Bool) async throws {
        let held = Held()
        try await withEngine(held.hooks()) { engine in
            let conversation = try await engine.post("conversations").id
            let client = Task {
                let body = Self.question(conversation, ["stream": .bool(isStreamed)])
                if isStreamed { _ = try await engine.stream(body) } else { try await engine.post("responses", body) }
            }
            await held.waits.wait()
            client.cancel()
            _ = await client.result
            // The gate stays shut: only the disconnect can have ended that response.
            try await engine.unlocked(conversation)
            #expect(try await engine.get("conversations/\(conversation)/items").ids.count == 1)
        }
    }

    @Test func isTakenOverOnceItsLeaseHasRunOut() async throws {
        let (held, time) = (Held(), TestTime())
        try await withEngine(held.hooks(time)) { engine in
            let conversation = try await engine.post("conversations").id
            async let first = engine.stream(Self.question(conversation, ["stream": true]))
            await held.waits.wait()
            time.advance(ConversationLocks.lease)
            async let second = engine.post("responses", Self.question(conversation))
            held.gate.open()
            #expect(try await second.status == 200)
            // The late response is not stored.
            let types = try await first.map { $0["type"] }
            let items = try await engine.get("conversations/\(conversation)/items").list.count
            #expect(types.last == "response.failed" ? items == 2 : items == 4)
        }
    }

    @Test func isTakenOverFromAProcessThatIsGone() async throws {
        try await withTemporaryFolder { folder in
            let time = TestTime()
            let conversation = try await withEngine(in: folder, EngineTestHooks(clock: time.clock)) { engine in
                try await engine.post("conversations").id
            }
            let database = try await EngineDatabase.open(at: "\(folder)/engine.sqlite")
            let dead = ConversationLocks(holder: try Processes.goneHolder(), clock: time.clock)
            _ = try await database.write { db in try dead.take(conversation, in: db) }
            try database.close()
            try await withEngine(in: folder, EngineTestHooks(clock: time.clock)) { engine in
                let reply = try await engine.post("responses", Self.question(conversation))
                #expect(reply.status == 200)
            }
        }
    }

    @Test func isLeftToAProcessInAnotherContainer() throws {
        let gone = try Processes.goneHolder()
        #expect(LeaseHolder.isGone(gone.name))
        let elsewhere = gone.name.split(separator: "/", maxSplits: 2)
        #expect(!LeaseHolder.isGone("\(elsewhere[0])/pid:[1]/\(elsewhere[2])"))
        #expect(!LeaseHolder.isGone(LeaseHolder.make().name))
    }

    @Test func failsAResponseWhoseConversationIsDeleted() async throws {
        let held = Held()
        try await withEngine(held.hooks()) { engine in
            let conversation = try await engine.post("conversations").id
            async let first = engine.post("responses", Self.question(conversation))
            await held.waits.wait()
            try await engine.delete("conversations/\(conversation)")
            held.gate.open()
            #expect(try await first.status == 404)
        }
    }
}

extension EngineClient {
    /// Waits until items can be added to a conversation, by adding one.
    fileprivate func unlocked(_ conversation: String) async throws {
        for _ in 0..<5_000 {
            let items: JSONValue = ["items": [["role": "user", "content": "x"]]]
            if try await post("conversations/\(conversation)/items", items).status == 200 { return }
        }
        Issue.record("the conversation stayed locked")
    }
}
