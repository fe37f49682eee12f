import Logging
import Redis
import TestSupport
import Testing
import WorkQueue

@testable import PolicyAssistant

/// What queues use is what the product says that it uses.
@Suite struct QueueKeysTests {
    @Test func aQueueUsesTheListedKeysAndCommands() async throws {
        try await withRedisServer { server in
            try await server.withClient { administrator in
                let rules = ["SETUSER", DocumentedUser.name] + (try DocumentedUser.rules())
                _ = try await administrator.send(RedisCommand("ACL", rules))
                var configuration = server.configuration()
                (configuration.username, configuration.password) = (DocumentedUser.name, DocumentedUser.password)
                try await withRedisClient(configuration) { try await useQueue($0, configuration) }
                var types: [String: String] = [:]
                for try await key in administrator.scan(prefix: "") {
                    types[key] = try await administrator.send(RedisCommand("TYPE", [key])).string
                }
                #expect(types == Self.expected)
            }
        }
    }

    /// The types of the keys that are there with a dead, a delayed and a waiting message, as Redis names them.
    private static var expected: [String: String] {
        typealias Pattern = RedisKeyPattern
        let keys: [(RedisKey, Pattern.ValueType)] =
            ["in", "out"].map { (Pattern.queueStage.key("sms", $0), Pattern.queueStage.type) }
            + ["dead", "delayed", "waiting", "other"].map { (Pattern.queueSeen.key("sms", $0), Pattern.queueSeen.type) }
            + [Pattern.queueMessages, .queueAges, .queueDelayed, .queueDead, .queueCounts].map {
                ($0.key("sms"), $0.type)
            }
            + [(Pattern.queueLine.key("sms", "u_1"), Pattern.queueLine.type)]
        return Dictionary(
            uniqueKeysWithValues: keys.map { ($0.name, $1 == .sortedSet ? "zset" : $1.rawValue) }
        )
    }

    /// Uses every operation of a queue.
    private func useQueue(_ redis: RedisClient, _ connection: RedisConfiguration) async throws {
        let stages = ["in", "out"].map { WorkStage($0, timeLimit: .seconds(60)) }
        let queue = WorkQueue(WorkQueueConfiguration(name: "sms", stages: stages), redis: redis)
        for payload in ["dead", "delayed", "waiting"] {
            _ = try await queue.enqueue(payload, line: "u_1", unless: payload, by: "test")
        }
        _ = try await queue.enqueue("other", line: "u_2", unless: "other", by: "test")
        let other = try #require(try await queue.messages(limit: 9).first { $0.line == "u_2" })
        _ = try await queue.retry(other)
        _ = try await queue.drop(other)
        _ = try await queue.erase(line: "u_2")
        let isOver = Gate()
        let handler: WorkHandler = { item in
            try await item.save("state")
            if item.payload == "dead", item.stage == "in" { return .next(stage: "out", payload: "dead") }
            if item.payload == "dead" {
                return item.attempt == 1 ? .retry(reason: "test", after: .zero) : .dead(reason: "test")
            }
            isOver.open()
            return .postpone(.seconds(600), reason: "test")
        }
        let worker = Worker(
            queue,
            handlers: ["in": handler, "out": handler],
            concurrency: 1,
            connection: connection,
            onDeath: { _, _ in nil },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await worker.run() }
            await isOver.wait()
            worker.stop()
        }
        let status = try await queue.status()
        #expect(status.depth == 2 && status.dead == 1)
    }
}
