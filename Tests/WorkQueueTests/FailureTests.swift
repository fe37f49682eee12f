import Redis
import TestSupport
import Testing

@testable import WorkQueue

/// Messages that fail are tried again, and given up in the end.
@Suite struct FailureTests {
    private struct Failure: Error {}

    @Test func pausesDoubleAndAreHalfRandom() {
        let policy = WorkRetryPolicy(maximumAttempts: 9, first: .seconds(1), longest: .seconds(10))
        let pauses = (1...6).map { policy.pause(afterAttempt: $0, chance: 1) }
        #expect(pauses == [1, 2, 4, 8, 10, 10].map { .seconds($0) })
        #expect(policy.pause(afterAttempt: 3, chance: 0) == .seconds(2))
        #expect(policy.pause(afterAttempt: .max, chance: 1) == .seconds(10))
    }

    @Test func aMessageIsDeadAfterTheLastAttemptAndTheNextOneIsReady() async throws {
        try await QueueFixture.with { fixture in
            for payload in ["bad", "good"] { _ = try await fixture.queue.enqueue(payload, line: "ana", by: "test") }
            let (record, ends) = (Record(), Record())
            let handler: WorkHandler = { item in
                record.note("\(item.payload) \(item.attempt)")
                if item.payload == "bad" { throw Failure() }
                return .done()
            }
            try await fixture.working(["in": handler], record: ends) { _ in
                #expect(await record.events(atLeast: 4) == ["bad 1", "bad 2", "bad 3", "good 1"])
                #expect(await ends.events(atLeast: 4) == ["in retry", "in retry", "in dead", "in done"])
            }
            let message = try #require(try await fixture.queue.messages(limit: 9).first)
            #expect(message.condition == .dead && message.payload == "bad" && message.attempts == 3)
            #expect(message.reason == "error: Failure")
            let status = try await fixture.queue.status()
            #expect(status.depth == 0 && status.stages.map(\.dead) == [1, 0])
        }
    }

    @Test func aReplacementTakesTheDeadMessagesPlaceOnce() async throws {
        try await QueueFixture.with { fixture in
            for payload in ["first", "bad", "last"] {
                _ = try await fixture.queue.enqueue(payload, line: "ana", by: "test")
            }
            let sent = Record()
            let handlers: [String: WorkHandler] = [
                "in": { $0.payload == "bad" ? .dead(reason: "no answer") : .next(stage: "out", payload: $0.payload) },
                "out": { item in
                    if item.payload == "sorry", item.attempt == 1 { return .retry(reason: "provider is down") }
                    sent.note(item.payload)
                    return .done()
                },
            ]
            try await fixture.working(
                handlers,
                onDeath: { item, reason in
                    #expect(item.payload == "bad" && reason == "no answer")
                    return WorkReplacement(stage: "out", payload: "sorry")
                }
            ) { _ in
                #expect(await sent.events(atLeast: 3) == ["first", "sorry", "last"])
            }
            #expect(try await fixture.queue.status().dead == 1)
        }
    }

    @Test func aReplacementInAnUnknownStageIsLeftOut() async throws {
        try await QueueFixture.with { fixture in
            _ = try await fixture.queue.enqueue("bad", line: "ana", by: "test")
            let ends = Record()
            try await fixture.working(
                ["in": { _ in .next(stage: "elsewhere", payload: "") }],
                onDeath: { _, _ in WorkReplacement(stage: "nowhere", payload: "") },
                record: ends
            ) { _ in
                #expect(await ends.events(atLeast: 1) == ["in dead"])
            }
            let message = try #require(try await fixture.queue.messages(limit: 1).first)
            #expect(message.reason == "the queue test has no stage elsewhere")
        }
    }

    @Test func anAttemptEndsAtItsTimeLimit() async throws {
        try await QueueFixture.with(timeLimit: .milliseconds(20)) { fixture in
            _ = try await fixture.queue.enqueue("slow", line: "ana", by: "test")
            let ends = Record()
            let handler: WorkHandler = { _ in
                try await Task.sleep(for: .seconds(600))
                return .done()
            }
            try await fixture.working(["in": handler], record: ends) { _ in
                #expect(await ends.events(atLeast: 3) == ["in retry", "in retry", "in dead"])
            }
            let message = try #require(try await fixture.queue.messages(limit: 1).first)
            #expect(message.reason == "not finished within 0.02 seconds")
        }
    }

    @Test func aMessageThatKillsItsWorkersIsGivenUp() async throws {
        try await QueueFixture.with(lease: .milliseconds(1)) { fixture in
            _ = try await fixture.queue.enqueue("poison", line: "ana", by: "test")
            var deliveries = 0
            while deliveries < 3 { deliveries += try await fixture.take("in", as: "worker \(deliveries)").count }
            let ends = Record()
            let handler: WorkHandler = { _ in
                Issue.record("nobody tries it again")
                return .done()
            }
            try await fixture.working(["in": handler], record: ends) { _ in
                #expect(await ends.events(atLeast: 1) == ["in dead"])
            }
            let message = try #require(try await fixture.queue.messages(limit: 1).first)
            #expect(message.reason == "3 workers died while they had it")
        }
    }

    @Test func effectsThatRedisRefusesAreTriedAgain() async throws {
        try await QueueFixture.with { fixture in
            _ = try await fixture.redis.send(.set("text", "not a list"))
            _ = try await fixture.queue.enqueue("q", line: "ana", by: "test")
            let ends = Record()
            let handler: WorkHandler = { item in
                .done(effects: [RedisCommand("RPUSH", [item.attempt < 3 ? "text" : "list", "x"])])
            }
            try await fixture.working(["in": handler], record: ends) { _ in
                #expect(await ends.events(atLeast: 3) == ["in retry", "in retry", "in done"])
            }
            #expect(try await fixture.list("list") == ["x"])
        }
    }
}
