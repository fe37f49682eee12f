import Foundation
import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct RedisKeysTests {
    @Test func architectureHasARowForEachKey() throws {
        let text = try String(contentsOfFile: "\(DocumentedUser.project)/docs/ARCHITECTURE.md", encoding: .utf8)
        let lines = text.split(separator: "\n").map(String.init)
        let start = try #require(lines.firstIndex { $0.hasPrefix("| key | database | type |") })
        let documented = lines[(start + 2)...].prefix { $0.hasPrefix("|") }
        let expected = RedisKeyPattern.all.map(row)
        let missing = expected.filter { !documented.contains($0) }
        let superfluous = documented.filter { !expected.contains($0) }
        #expect(missing.isEmpty, "missing in docs/ARCHITECTURE.md:\n\(missing.joined(separator: "\n"))")
        #expect(superfluous.isEmpty, "superfluous in docs/ARCHITECTURE.md:\n\(superfluous.joined(separator: "\n"))")
        #expect(documented.count == expected.count)
    }

    private func row(_ pattern: RedisKeyPattern) -> String {
        let lifetime =
            switch pattern.lifetime {
            case .unlimited: "–"
            case .limited(let duration): "at most \(words(duration))"
            case .renewed(let duration): "\(words(duration)), renewed"
            }
        let columns = [
            "`\(pattern.form)`", pattern.database.rawValue, pattern.type.rawValue, lifetime, pattern.contents,
        ]
        return "| \(columns.joined(separator: " | ")) |"
    }

    private func words(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        for (unit, name) in [(86_400 as Int64, "day"), (3600, "hour"), (60, "minute")] where seconds % unit == 0 {
            return seconds == unit ? "1 \(name)" : "\(seconds / unit) \(name)s"
        }
        return "\(seconds) seconds"
    }

    @Test func valuesTakeThePlaceholdersPlaces() throws {
        #expect(RedisKeyPattern.turnOwner.key("t").name == "turn:t:owner")
        #expect(RedisKeyPattern.idempotency.key("ana", "h").name == "idempotency:ana:h")
        #expect(RedisKeyPattern.corpus.key().name == "corpus")
        #expect(RedisKeyPattern.document.prefix == "file:" && RedisKeyPattern.corpus.prefix == "corpus")
        #expect(RedisKeyPattern.thread.value(in: "thread:a:b") == "a:b")
        #expect(RedisKeyPattern.thread.value(in: "threads:a") == nil)
        #expect(RedisKeyPattern.turnLock.glob == "lock:*" && RedisKeyPattern.formerSyncLock.glob == "lock:sync")
    }

    @Test func noTwoPatternsMakeTheSameKey() {
        #expect(Set(RedisKeyPattern.all.map(\.form)).count == RedisKeyPattern.all.count)
    }

    @Test func namesThatLookAlikeAreTwoKeys() async throws {
        let (composed, decomposed) = (try UserID("zo\u{EB}"), try UserID("zoe\u{308}"))
        #expect(Set([RedisKey.thread(of: composed), .thread(of: decomposed)]).count == 2)
        try await withRedisServer { server in
            try await server.withClient { redis in
                let database = ThreadsDatabase(redis: redis)
                for user in [composed, decomposed] { _ = try await database.begin(ThreadOwner(user: user), in: "a") }
                #expect(try await database.runningTurns().count == 2)
            }
        }
    }
}
