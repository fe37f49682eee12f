import Redis
import TestSupport
import Testing

@testable import WorkQueue

/// What operators see and do.
@Suite struct OperationTests {
    @Test func theStatusCountsMessagesByWhatTheyWaitFor() async throws {
        try await QueueFixture.with { fixture in
            let queue = fixture.queue
            #expect(try await queue.status().stages.map(\.workers) == [0, 0])
            for line in ["dead", "delayed", "working", "ready"] {
                for _ in 0..<2 { _ = try await queue.enqueue(line, line: line, by: "test") }
            }
            let scripts = queue.scripts
            let messages = try await fixture.take("in", 3, as: "worker")
            #expect(messages.map(\.payload) == ["dead", "delayed", "working"])
            let buried = scripts.bury(messages[0], reason: "gone", replacement: nil, id: "", writer: "in")
            #expect(try await fixture.redis.run(buried))
            let putBack = scripts.putBack(messages[1], after: .seconds(600), counts: true, reason: "later")
            #expect(try await fixture.redis.run(putBack))

            let status = try await queue.status()
            let stage = status.stages[0]
            #expect(stage.retries == 1 && status.stages[1].retries == 0)
            #expect(stage.ready == 2 && stage.working == 1 && stage.delayed == 1 && stage.dead == 1)
            #expect(status.stages.map(\.workers) == [1, 0])
            #expect(status.depth == 7 && status.waiting == 3 && status.dead == 1)
            #expect(stage.oldestAge >= .zero && status.oldestAge >= stage.oldestAge)

            let listed = try await queue.messages(limit: 20)
            #expect(
                listed.map { "\($0.line) \($0.condition.rawValue)" }.sorted() == [
                    "dead dead", "dead ready", "delayed delayed", "delayed waiting", "ready ready", "ready waiting",
                    "working waiting", "working working",
                ]
            )
            #expect(listed.last?.condition == .dead)
            let delayed = try #require(listed.first { $0.condition == .delayed })
            #expect(delayed.reason == "later" && delayed.dueAt.map { $0 > delayed.enqueuedAt } == true)
            #expect(try await queue.message(delayed.id) == delayed)
            #expect(try await queue.message("nothing") == nil)
        }
    }

    @Test func aDeadMessageIsTheLastOfItsLineAgain() async throws {
        try await QueueFixture.with { fixture in
            for payload in ["dead", "second", "third"] {
                _ = try await fixture.queue.enqueue(payload, line: "ana", by: "test")
            }
            let message = try #require(try await fixture.take("in", as: "worker").first)
            #expect(try await fixture.redis.run(fixture.queue.scripts.save("saved", with: message)))
            let buried = fixture.queue.scripts.bury(message, reason: "x", replacement: nil, id: "", writer: "in")
            #expect(try await fixture.redis.run(buried))
            let dead = try #require(try await fixture.queue.message(message.id))
            #expect(try await fixture.queue.retry(dead))
            #expect(try await !fixture.queue.retry(dead), "it is not dead any more")
            let record = Record()
            let handler: WorkHandler = { item in
                record.note("\(item.payload) \(item.attempt) \(item.state ?? "-")")
                return .done()
            }
            try await fixture.working(["in": handler]) { _ in
                #expect(await record.events(atLeast: 3) == ["second 1 -", "third 1 -", "dead 1 saved"])
            }
            #expect(try await fixture.queue.status().dead == 0)
        }
    }

    @Test func aDelayedMessageIsTriedAtOnce() async throws {
        try await QueueFixture.with { fixture in
            _ = try await fixture.queue.enqueue("q", line: "ana", by: "test")
            let message = try #require(try await fixture.take("in", as: "worker").first)
            let putBack = fixture.queue.scripts.putBack(message, after: .seconds(600), counts: true, reason: "later")
            #expect(try await fixture.redis.run(putBack))
            #expect(try await fixture.queue.retry(#require(try await fixture.queue.message(message.id))))
            #expect(try await fixture.take("in", as: "worker").map(\.attempt) == [1])
        }
    }

    @Test(arguments: ["dead", "delayed", "working", "ready", "waiting"])
    func aDroppedMessageIsGoneAndTheNextOneIsReady(condition: String) async throws {
        try await QueueFixture.with { fixture in
            let scripts = fixture.queue.scripts
            for payload in ["first", "second"] {
                _ = try await fixture.queue.enqueue(payload, line: "ana", by: "test")
            }
            var message: QueueScripts.Delivery?
            if ["dead", "delayed", "working"].contains(condition) {
                message = try await fixture.take("in", as: "worker").first
            }
            if let message, condition == "dead" {
                let call = scripts.bury(message, reason: "x", replacement: nil, id: "", writer: "in")
                #expect(try await fixture.redis.run(call))
            } else if let message, condition == "delayed" {
                let call = scripts.putBack(message, after: .seconds(600), counts: true, reason: "later")
                #expect(try await fixture.redis.run(call))
            }
            let listed = try await fixture.queue.messages(limit: 9)
            let chosen = try #require(listed.first { $0.condition.rawValue == condition })
            #expect(try await fixture.queue.drop(chosen))
            #expect(try await !fixture.queue.drop(chosen))
            if let message { #expect(try await !fixture.redis.run(scripts.save("late", with: message))) }
            let other = condition == "waiting" ? "first" : "second"
            #expect(try await fixture.take("in", as: "other").map(\.payload) == [other])
            #expect(try await fixture.queue.status().depth == 1)
        }
    }

    @Test func nothingOfALineIsLeftWhenItIsErased() async throws {
        try await QueueFixture.with { fixture in
            let scripts = fixture.queue.scripts
            for payload in ["dead", "delayed", "waiting"] {
                _ = try await fixture.queue.enqueue(payload, line: "ana", by: "test")
            }
            let dead = try #require(try await fixture.take("in", as: "worker").first)
            let call = scripts.bury(dead, reason: "x", replacement: nil, id: "", writer: "in")
            #expect(try await fixture.redis.run(call))
            let delayed = try #require(try await fixture.take("in", as: "worker").first)
            let later = scripts.putBack(delayed, after: .milliseconds(1), counts: true, reason: "later")
            #expect(try await fixture.redis.run(later))
            _ = try await fixture.queue.enqueue("other", line: "ben", by: "test")
            #expect(try await fixture.queue.erase(line: "ana") == 3)
            #expect(try await fixture.queue.erase(line: "ana") == 0)
            #expect(try await fixture.take("in", as: "worker").map(\.payload) == ["other"])
            #expect(try await fixture.queue.erase(line: "ben") == 1)
            let left = try await fixture.keys()
            #expect(left == ["queue:test:counts", "queue:test:dead", "queue:test:stage:in"])
            #expect(try await fixture.redis.send(RedisCommand("XLEN", ["queue:test:dead"])).integer == 0)
        }
    }

    @Test func oldDeadMessagesAndWorkersThatAreGoneAreTidiedAway() async throws {
        try await QueueFixture.with { fixture in
            _ = try await fixture.queue.enqueue("dead", line: "ana", by: "test")
            let message = try #require(try await fixture.take("in", as: "gone").first)
            let call = fixture.queue.scripts.bury(message, reason: "x", replacement: nil, id: "", writer: "in")
            #expect(try await fixture.redis.run(call))
            try await fixture.redis.run(fixture.queue.scripts.tidy())
            #expect(try await fixture.queue.status().dead == 1)

            var configuration = fixture.queue.configuration
            configuration.deadRetention = .milliseconds(-1)
            let hasty = WorkQueue(configuration, redis: fixture.redis)
            try await fixture.redis.run(hasty.scripts.tidy())
            #expect(try await fixture.queue.status().dead == 0)
            #expect(try await fixture.queue.message(message.id) == nil)
        }
    }

    @Test func aMessageOfAStageThatIsGoneBeginsAgain() async throws {
        try await QueueFixture.with(stages: ["in", "image", "out"]) { fixture in
            for payload in ["first", "second"] {
                _ = try await fixture.queue.enqueue(payload, line: "ana", at: "image", by: "test")
            }
            let message = try #require(try await fixture.take("image", as: "worker").first)
            let stages = ["in", "out"].map { WorkStage($0, timeLimit: .seconds(1)) }
            let fewer = WorkQueue(WorkQueueConfiguration(name: "test", stages: stages), redis: fixture.redis)
            let narrow = QueueFixture(server: fixture.server, redis: fixture.redis, queue: fewer)
            #expect(try await fixture.redis.run(fewer.scripts.finish(message, writer: "image", [])))
            #expect(try await narrow.take("in", as: "worker").map(\.payload) == ["second"])
            await #expect(throws: WorkQueueError.self) {
                try await fewer.enqueue("third", line: "ana", at: "image", by: "test")
            }
        }
    }
}
