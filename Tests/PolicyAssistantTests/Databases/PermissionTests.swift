import Foundation
import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

/// The ACL user of docs/OPERATIONS.md, who may do what the product does and nothing else.
@Suite struct PermissionTests {
    private let databases = [DatabaseUse.threads, .files]

    /// What the documented line grants, word by word.
    private var grants: [String] {
        get throws { try DocumentedUser.rules().filter { $0.hasPrefix("~") || $0.hasPrefix("+") } }
    }

    @Test func documentedUserLacksNothing() async throws {
        try await withUser { server, user in
            for use in databases {
                let missing = try await use.missingPermissions(of: user)
                #expect(missing.isEmpty)
            }
        }
    }

    @Test func documentedUserMayDoNothingElse() throws {
        let keys = Set(databases.flatMap(\.keys)).subtracting([FilesDatabase.formerLockKey])
        // SELECT is said when connecting to a database other than 0.
        let commands = Set(databases.flatMap(\.commands)).union(["select"])
        #expect(try Set(grants) == Set(keys.map { "~\($0)" } + commands.map { "+\($0)" }))
        #expect(try grants.count == Set(grants).count)
    }

    @Test func everyPermissionThatIsMissingIsNamed() async throws {
        let grants = try grants
        try await withUser { server, user in
            for grant in grants where grant != "+select" {
                try await change(server, ["resetkeys", "nocommands"] + grants.filter { $0 != grant })
                for use in databases {
                    let expected =
                        use.keys.map { "~\($0)" }.filter { $0 == grant || grant == "~lock:*" && $0 == "~lock:sync" }
                        + use.commands.map { "+\($0)" }.filter { $0 == grant }
                    #expect(try await use.missingPermissions(of: user) == expected, "without \(grant)")
                }
            }
        }
    }

    @Test func architectureNamesEveryKey() throws {
        let text = try String(contentsOfFile: "\(DocumentedUser.project)/docs/ARCHITECTURE.md", encoding: .utf8)
        let rows = text.matches(of: /(?m)^\| (`[^|]+`) \| (threads|files|both) \|/)
        let documented = rows.flatMap { row in
            row.output.1.matches(of: /`([^`]+)`/).map { (key: String($0.output.1), database: row.output.2) }
        }
        #expect(documented.count > 20)
        for (name, use) in [("threads", DatabaseUse.threads), ("files", .files)] {
            let keys = documented.filter { $0.database == name || $0.database == "both" }.map(\.key)
            for pattern in use.keys {
                #expect(keys.contains { covers(pattern, $0) }, "\(pattern) stands in the table")
            }
            for key in keys {
                #expect(use.keys.contains { covers($0, key) }, "\(key) is on the list")
            }
        }
    }

    @Test func keysOfOthersAreNotOurs() {
        for key in ["thread:ana", "sync:lock", "corpus", "imported", "turn:x:owner", "lock:"] {
            #expect(DatabaseUse.isOwn(key))
        }
        for key in ["sync", "ana@example.com", "corpus.md", "threads", "Thread:ana", ""] {
            #expect(!DatabaseUse.isOwn(key))
        }
    }

    private func covers(_ pattern: String, _ key: String) -> Bool {
        pattern.hasSuffix("*") ? key.hasPrefix(pattern.dropLast()) : key == pattern
    }

    private func change(_ server: RedisServer, _ rules: [String]) async throws {
        try await server.withClient { redis in
            _ = try await redis.send(RedisCommand("ACL", ["SETUSER", DocumentedUser.name] + rules))
        }
    }

    private func withUser(_ body: (RedisServer, RedisClient) async throws -> Void) async throws {
        try await withRedisServer { server in
            try await change(server, DocumentedUser.rules())
            var configuration = server.configuration()
            (configuration.username, configuration.password) = (DocumentedUser.name, DocumentedUser.password)
            try await withRedisClient(configuration) { try await body(server, $0) }
        }
    }
}
