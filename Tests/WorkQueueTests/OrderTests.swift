import Redis
import Synchronization
import TestSupport
import Testing

@testable import WorkQueue

/// The messages of a line stay in order, and lines do not wait for each other.
@Suite struct OrderTests {
    @Test func aMessageThatComesTwiceIsADuplicate() async throws {
        try await QueueFixture.with { fixture in
            let outcomes = try await withThrowingTaskGroup(of: WorkQueue.Enqueued.self) { group in
                for number in 0..<20 {
                    group.addTask { [queue = fixture.queue] in
                        try await queue.enqueue("\(number)", line: "ana", unless: "SM1", by: "test")
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let accepted = outcomes.compactMap { if case .accepted(let id) = $0 { id } else { nil } }
            #expect(accepted.count == 1)
            #expect(Set(outcomes) == [.accepted(id: accepted[0]), .duplicate(of: accepted[0])])
            #expect(try await fixture.queue.status().depth == 1)

            // Also when it has left the queue.
            let record = Record()
            try await fixture.working(["in": { _ in .done() }], record: record) { _ in
                _ = await record.events(atLeast: 1)
            }
            let again = try await fixture.queue.enqueue("again", line: "ana", unless: "SM1", by: "test")
            #expect(again == .duplicate(of: accepted[0]))
            #expect(try await fixture.queue.status().depth == 0)
        }
    }

    @Test func aLineStaysInOrderThroughAllStagesWhileMessagesAreRetried() async throws {
        try await QueueFixture.with(
            stages: ["in", "slow", "out"],
            retry: WorkRetryPolicy(maximumAttempts: 9, first: .milliseconds(1), longest: .milliseconds(2))
        ) { fixture in
            let lines = ["ana", "ben", "cem"]
            let record = Record()
            let handlers: [String: WorkHandler] = [
                "in": { item in
                    if item.payload.hasSuffix("3"), item.attempt < 4 { return .retry(reason: "third") }
                    return .next(stage: item.payload.hasSuffix("5") ? "slow" : "out", payload: item.payload)
                },
                "slow": { item in
                    #expect(item.attempt == 1, "a postponed attempt does not count")
                    let count = Int(item.state ?? "0") ?? 0
                    guard count < 12 else { return .next(stage: "out", payload: item.payload) }
                    try await item.save("\(count + 1)")
                    return .postpone(.milliseconds(1), reason: "slow")
                },
                "out": { item in
                    record.note(item.line)
                    return .done(effects: [RedisCommand("RPUSH", ["sent:\(item.line)", item.payload])])
                },
            ]
            for number in 0..<10 {
                for line in lines {
                    _ = try await fixture.queue.enqueue("\(line) \(number)", line: line, by: "test")
                }
            }
            try await fixture.working(handlers) { _ in
                _ = await record.events(atLeast: 30)
            }
            for line in lines {
                #expect(try await fixture.list("sent:\(line)") == (0..<10).map { "\(line) \($0)" })
            }
            let status = try await fixture.queue.status()
            #expect(status.depth == 0 && status.dead == 0 && status.waiting == 0)
        }
    }

    @Test func aSlowMessageDelaysItsOwnLineOnly() async throws {
        try await QueueFixture.with { fixture in
            let (gate, record) = (Gate(), Record())
            for (line, payload) in [("ana", "slow"), ("ana", "second"), ("ben", "first")] {
                _ = try await fixture.queue.enqueue(payload, line: line, by: "test")
            }
            let handler: WorkHandler = { item in
                if item.payload == "slow" { await gate.wait() }
                record.note(item.payload)
                return .done()
            }
            try await fixture.working(["in": handler]) { _ in
                #expect(await record.events(atLeast: 1) == ["first"])
                let status = try await fixture.queue.status()
                #expect(status.waiting == 1 && status.stages[0].workers == 1)
                gate.open()
                #expect(await record.events(atLeast: 3) == ["first", "slow", "second"])
            }
        }
    }

    @Test func aMessageIsHandedOnWithItsWriterAndWithoutState() async throws {
        try await QueueFixture.with { fixture in
            let record = Record()
            guard case .accepted(let id) = try await fixture.queue.enqueue("q", line: "ana", by: "webhook") else {
                return
            }
            let handlers: [String: WorkHandler] = [
                "in": { item in
                    record.note("\(item.writer) \(item.payload) \(item.id == id)")
                    try await item.save("thinking")
                    return .next(stage: "out", payload: "answer")
                },
                "out": { item in
                    record.note("\(item.writer) \(item.payload) \(item.state ?? "-") \(item.attempt)")
                    return .done()
                },
            ]
            try await fixture.working(handlers) { _ in
                #expect(await record.events(atLeast: 2) == ["webhook q true", "in answer - 1"])
            }
            #expect(try await fixture.redis.send(RedisCommand("HLEN", ["queue:test:messages"])).integer == 0)
            let left = try await fixture.keys()
            #expect(
                left == ["queue:test:stage:in", "queue:test:stage:out"],
                "nothing is left of a message that is done"
            )
        }
    }
}
