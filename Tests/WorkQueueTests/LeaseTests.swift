import Logging
import Redis
import TestSupport
import Testing

@testable import WorkQueue

/// A message belongs to one worker at a time, and a worker that has lost it changes nothing.
@Suite struct LeaseTests {
    @Test func aMessageWhoseWorkerDiedIsTakenOverWhenItsLeaseIsOver() async throws {
        try await QueueFixture.with(lease: .milliseconds(300)) { fixture in
            _ = try await fixture.queue.enqueue("q", line: "ana", by: "test")
            let dead = try #require(try await fixture.take("in", as: "dead").first)
            #expect(dead.attempt == 1)
            #expect(try await fixture.take("in", as: "early").isEmpty)
            let record = Record()
            let handler: WorkHandler = { item in
                record.note("\(item.attempt) \(item.state ?? "-")")
                return .done()
            }
            #expect(try await fixture.redis.run(fixture.queue.scripts.save("half", with: dead)))
            try await fixture.working(["in": handler]) { _ in
                #expect(await record.events(atLeast: 1) == ["1 half"], "the attempt is repeated with its state")
            }
        }
    }

    @Test func aWorkerThatLostItsMessageChangesNothing() async throws {
        try await QueueFixture.with(lease: .milliseconds(1)) { fixture in
            let (queue, redis) = (fixture.queue, fixture.redis)
            _ = try await queue.enqueue("q", line: "ana", by: "test")
            let former = try #require(try await fixture.take("in", as: "former").first)
            var present: QueueScripts.Delivery?
            while present == nil { present = try await fixture.take("in", as: "present").first }
            let message = try #require(present)
            let before = try await queue.message(message.id)
            let scripts = queue.scripts
            let effect = RedisCommand("SET", ["effect", "1"])
            #expect(try await !redis.run(scripts.save("late", with: former)))
            #expect(try await !redis.run(scripts.finish(former, writer: "in", [effect])))
            #expect(
                try await !redis.run(scripts.finish(former, next: .init(stage: "out", payload: "a"), writer: "in", []))
            )
            #expect(try await !redis.run(scripts.putBack(former, after: .zero, counts: true, reason: "late")))
            #expect(
                try await !redis.run(
                    scripts.bury(former, reason: "late", replacement: nil, id: WorkQueue.randomID(), writer: "in")
                )
            )
            let held = [(former.id, former.entry, former.token), (message.id, message.entry, message.token)]
            #expect(try await redis.run(scripts.renew(held, at: "in", of: "present")) == [false, true])
            #expect(try await queue.message(message.id) == before)
            #expect(try await redis.send(.exists("effect")).integer == 0)
            #expect(try await redis.run(scripts.finish(message, writer: "in", [effect])))
            #expect(try await redis.send(.exists("effect")).integer == 1)
        }
    }

    @Test func aWorkerFindsWhatItGotInAReplyThatWasLost() async throws {
        try await QueueFixture.with { fixture in
            for number in 0..<3 { _ = try await fixture.queue.enqueue("\(number)", line: "\(number)", by: "test") }
            let known = try await fixture.take("in", 1, as: "worker")
            // The reply with the second one is lost; the worker goes on with what it knows.
            let lost = try await fixture.take("in", 1, as: "worker", holding: known.map(\.entry))
            let found = try await fixture.take("in", 2, as: "worker", holding: known.map(\.entry))
            #expect(known.map(\.payload) == ["0"] && lost.map(\.payload) == ["1"])
            #expect(found.map(\.payload) == ["1", "2"] && found.map(\.crashes) == [1, 0])
            #expect(try await fixture.take("in", 2, as: "other").isEmpty)
        }
    }

    @Test func aLeaseIsRenewedForAsLongAsTheWorkTakes() async throws {
        try await QueueFixture.with(lease: .milliseconds(200)) { fixture in
            _ = try await fixture.queue.enqueue("slow", line: "ana", by: "test")
            let (record, gate, begun) = (Record(), Gate(), Gate())
            let handler: WorkHandler = { item in
                begun.open()
                await gate.wait()
                try item.checkLease()
                record.note("\(item.attempt)")
                return .done()
            }
            try await fixture.working(["in": handler]) { _ in
                await begun.wait()
                // Five leases' worth of renewals; a second worker would have taken the message.
                var entries = try await fixture.redis.send(RedisCommand("INFO", ["commandstats"])).string ?? ""
                while Self.calls(of: "xclaim", in: entries) < 15 {
                    #expect(try await fixture.take("in", as: "other").isEmpty)
                    entries = try await fixture.redis.send(RedisCommand("INFO", ["commandstats"])).string ?? ""
                }
                gate.open()
                #expect(await record.events(atLeast: 1) == ["1"])
            }
        }
    }

    /// The calls of a command that a server has counted.
    private static func calls(of command: String, in statistics: String) -> Int {
        for line in statistics.split(whereSeparator: \.isNewline) where line.hasPrefix("cmdstat_\(command):calls=") {
            return Int(line.drop { $0 != "=" }.dropFirst().prefix(while: \.isNumber)) ?? 0
        }
        return 0
    }

    @Test func workOnAMessageThatIsErasedIsCancelled() async throws {
        try await QueueFixture.with(lease: .milliseconds(300)) { fixture in
            for number in 0..<3 { _ = try await fixture.queue.enqueue("\(number)", line: "ana", by: "test") }
            _ = try await fixture.queue.enqueue("other", line: "ben", by: "test")
            let (record, ends) = (Record(), Record())
            let handler: WorkHandler = { item in
                record.note(item.payload)
                guard item.line == "ana" else { return .done() }
                await Gate().wait()
                let error = await #expect(throws: WorkQueueError.self) { try await item.save("late") }
                #expect(error?.code == .leaseLost)
                #expect(throws: WorkQueueError.self) { try item.checkLease() }
                return .done(effects: [.set("effect", "1")])
            }
            try await fixture.working(["in": handler], record: ends) { _ in
                #expect(await record.events(atLeast: 2).sorted() == ["0", "other"])
                let erased = try await fixture.queue.erase(line: "ana")
                #expect(erased == 3)
                #expect(await ends.events(atLeast: 2).sorted() == ["in done", "in lost"])
            }
            #expect(try await fixture.redis.send(.exists("effect")).integer == 0)
            #expect(try await fixture.queue.status().depth == 0)
            let left = try await fixture.keys()
            #expect(left == ["queue:test:stage:in"])
        }
    }

    @Test func aWorkerThatIsStoppedFinishesWhatItHas() async throws {
        try await QueueFixture.with { fixture in
            for number in 0..<2 { _ = try await fixture.queue.enqueue("\(number)", line: "ana", by: "test") }
            let (gate, begun, ends) = (Gate(), Gate(), Record())
            let handler: WorkHandler = { _ in
                begun.open()
                await gate.wait()
                return .done()
            }
            try await fixture.working(["in": handler], record: ends) { worker in
                await begun.wait()
                worker.stop()
                gate.open()
            }
            #expect(ends.events == ["in done"])
            let status = try await fixture.queue.status()
            #expect(status.depth == 1 && status.stages[0].ready == 1)
        }
    }

    @Test func aWorkerWhoseGraceIsOverGivesItsMessagesBack() async throws {
        try await QueueFixture.with { fixture in
            _ = try await fixture.queue.enqueue("q", line: "ana", by: "test")
            let (begun, ends) = (Gate(), Record())
            let handler: WorkHandler = { item in
                #expect(item.attempt == 1)
                begun.open()
                try await Task.sleep(for: .seconds(600))
                return .done()
            }
            let worker = Worker(
                fixture.queue,
                handlers: ["in": handler],
                concurrency: 1,
                connection: fixture.server.configuration(),
                onEvent: { ends.note($0.result.rawValue) },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            let running = Task { await worker.run() }
            await begun.wait()
            worker.stop()
            running.cancel()
            await running.value
            #expect(ends.events == ["returned"])
            let message = try #require(try await fixture.queue.messages(limit: 1).first)
            #expect(message.condition == .ready && message.attempts == 0, "another worker has it at once")
        }
    }

    @Test func aWorkerWaitsForRedisAndGoesOn() async throws {
        try await QueueFixture.with { fixture in
            var connection = fixture.server.configuration()
            connection.commandTimeout = .milliseconds(200)
            let redis = RedisClient(configuration: connection, logger: Logger(label: "test"))
            let impatient = QueueFixture(
                server: fixture.server,
                redis: redis,
                queue: WorkQueue(fixture.queue.configuration, redis: redis)
            )
            for number in 0..<3 { _ = try await fixture.queue.enqueue("\(number)", line: "ana", by: "test") }
            let (begun, gate, ends) = (Gate(), Gate(), Record())
            let handler: WorkHandler = { item in
                begun.open()
                await gate.wait()
                return .done(effects: [RedisCommand("RPUSH", ["done", item.payload])])
            }
            try await impatient.working(["in": handler], connection: connection, record: ends) { _ in
                await begun.wait()
                fixture.server.freeze()
                // The work is done while Redis does not answer.
                gate.open()
                for _ in 0..<3 {
                    await #expect(throws: RedisError.self) { try await redis.send(.ping) }
                }
                fixture.server.thaw()
                _ = await ends.events(atLeast: 3)
            }
            await redis.close()
            #expect(try await fixture.list("done") == ["0", "1", "2"])
            #expect(try await fixture.queue.status().dead == 0)
        }
    }
}
