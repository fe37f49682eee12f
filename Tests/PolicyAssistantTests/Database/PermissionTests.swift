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
        let keys = Set(databases.flatMap(\.keys)).subtracting([RedisKey.formerSyncLock.name])
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

    @Test func keysOfOthersAreNotOurs() {
        for key in ["thread:ana", "sync:lock", "corpus", "imported", "turn:x:owner", "lock:"] {
            #expect(DatabaseUse.isOwn(key))
        }
        for key in ["sync", "ana@example.com", "corpus.md", "threads", "Thread:ana", ""] {
            #expect(!DatabaseUse.isOwn(key))
        }
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
