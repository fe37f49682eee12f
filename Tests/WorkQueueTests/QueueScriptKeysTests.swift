import Foundation
import Redis
import TestSupport
import Testing

@testable import WorkQueue

/// Scripts touch no key but those that their calls declare: each call runs as an ACL user who may touch these only.
@Suite struct QueueScriptKeysTests {
    @Test func everyScriptTouchesItsDeclaredKeysOnly() async throws {
        try await QueueFixture.with { fixture in
            try await withDeclaredKeysUser(of: fixture.server) { user in
                let undeclared = QueueScriptCall(
                    script: RedisScript("return redis.call('GET', 'another')"),
                    keys: ["queue:test:messages"],
                    arguments: []
                ) { $0.isNull }
                await #expect(throws: RedisError.self) { try await user.run(undeclared) }
                try await everyScript(fixture.queue.scripts, user)
                let missing = Set(QueueScripts.all).subtracting(user.used).map(\.source)
                #expect(missing.isEmpty, "every script has run")
            }
        }
    }

    private func everyScript(_ scripts: QueueScripts, _ runner: DeclaredKeysUser) async throws {
        func enqueue(_ id: String, _ line: String) async throws {
            let message = QueueScripts.NewMessage(
                id: id,
                line: line,
                duplicateKey: id,
                stage: "in",
                payload: "p",
                writer: "w"
            )
            #expect(try await runner.run(scripts.enqueue(message)) == id)
        }
        func take() async throws -> QueueScripts.Delivery {
            try #require(try await runner.run(scripts.take(from: "in", 1, for: "worker", holding: [])).messages.first)
        }
        for (id, line) in [("a", "ana"), ("b", "ana"), ("c", "ana"), ("d", "ana"), ("e", "ben")] {
            try await enqueue(id, line)
        }
        var message = try await take()
        #expect(try await runner.run(scripts.save("s", with: message)))
        let held = [(message.id, message.entry, message.token)]
        #expect(try await runner.run(scripts.renew(held, at: "in", of: "worker")) == [true])
        let effects = [RedisCommand("SET", ["effect", "1"]), RedisCommand("RPUSH", ["other-effect", "1"])]
        #expect(try await runner.run(scripts.finish(message, writer: "in", effects)))
        message = try await take()
        let replacement = WorkReplacement(stage: "in", payload: "sorry")
        #expect(
            try await runner.run(
                scripts.bury(message, reason: "r", replacement: replacement, id: "f", writer: "in")
            )
        )
        #expect(try await runner.run(scripts.revive(message.id, of: message.line)))
        message = try await take()
        #expect(try await runner.run(scripts.putBack(message, after: .zero, counts: false, reason: nil)))
        #expect(try await runner.run(scripts.drop(message.id, of: message.line)))
        message = try await take()
        #expect(
            try await runner.run(
                scripts.finish(message, next: WorkReplacement(stage: "out", payload: "a"), writer: "in", [])
            )
        )
        #expect(try await runner.run(scripts.count()).stages.count == 2)
        #expect(try await !runner.run(scripts.read(limit: 9)).isEmpty)
        #expect(try await runner.run(scripts.erase(line: "ana")) > 0)
        try await runner.run(scripts.tidy())
    }

    /// Whoever adds a script adds it to the list from which the test above learns of it.
    @Test func everyScriptIsListed() throws {
        let folder = "\(DocumentedUser.project)/Sources/WorkQueue"
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }
        let count = try files.reduce(0) { count, file in
            try count + String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8).ranges(of: "= RedisScript(").count
        }
        #expect(count == QueueScripts.all.count && Set(QueueScripts.all).count == count)
    }
}

extension DeclaredKeysUser {
    @discardableResult
    fileprivate func run<Reply>(_ call: QueueScriptCall<Reply>) async throws -> Reply {
        try await run(call.script, declaring: call.keys) { try await $0.run(call) }
    }
}
