import Foundation
import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct FilesDatabaseTests {
    private let file = IndexedDocument(
        path: "leave/Annual leave — 2026.md",
        fileID: "file-1",
        sha256: "abc",
        bytes: 12,
        modified: "1.000000001",
        uploadedAt: Date(timestamp: "2026-11-21T03:36:00Z"),
        revision: 3
    )

    private func acquire(_ redis: RedisClient) async throws -> Lease {
        guard
            case .acquired(let lease) = try await Lease.acquire(
                .syncLock,
                holder: "host 1 now",
                for: .seconds(30),
                in: redis,
                lossError: .syncLockLost
            )
        else { throw PolicyAssistantError(.syncRunning, "held") }
        return lease
    }

    @Test func keepsWhatIsWritten() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let database = FilesDatabase(redis: redis)
                let lease = try await acquire(redis)
                try await database.write(
                    [.saveDocument(file), .trashFile(id: "file-0")],
                    holding: lease
                )
                #expect(try await database.documents() == [file])
                #expect(try await database.trashedFiles() == ["file-0"])
                try await database.write(
                    [.removeDocument(path: file.path), .untrashFile(id: "file-0")],
                    holding: lease
                )
                #expect(try await database.documents().isEmpty)
                #expect(try await database.trashedFiles().isEmpty)
            }
        }
    }

    @Test func writesNothingOnceTheLockIsLost() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let database = FilesDatabase(redis: redis)
                let lease = try await acquire(redis)
                _ = try await redis.send(.set("sync:lock", "another holder"))
                await #expect {
                    try await database.write([.saveDocument(file)], holding: lease)
                } throws: { error in
                    (error as? PolicyAssistantError)?.code == .syncLockLost
                }
                #expect(try await database.documents().isEmpty)
            }
        }
    }

    @Test func aStoreMadeBeforeTheFirstSyncEndedIsNoCorpus() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let database = FilesDatabase(redis: redis)
                let lease = try await acquire(redis)
                try await database.write(
                    [.setCorpus(fields: ["next_vector_store_id": "vs_1"])],
                    holding: lease
                )
                #expect(try await database.corpus() == nil)
                let corpus = Corpus(
                    revision: 1,
                    vectorStoreID: "vs_1",
                    upstreamProtocol: .responses,
                    baseURL: "embedded",
                    instructionsSHA256: "abc",
                    syncedAt: Date(timestamp: "2026-11-21T03:36:00Z")
                )
                try await database.write([.setCorpus(fields: corpus.fields)], holding: lease)
                #expect(try await database.corpus() == corpus)
            }
        }
    }

    @Test func leavesOthersKeysAlone() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                _ = try await redis.send(.set("files", "not ours"))
                _ = try await redis.send(.set("session:1", "not ours"))
                #expect(try await FilesDatabase(redis: redis).documents().isEmpty)
                #expect(try await redis.send(.get("session:1")).string == "not ours")
            }
        }
    }

    @Test func namesThatLookAlikeAreTwoDocuments() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let database = FilesDatabase(redis: redis)
                let lease = try await acquire(redis)
                let paths = ["caf\u{E9}.md", "cafe\u{301}.md", "\u{301}odd.md"]
                let files = paths.map { path in
                    var file = file
                    file.path = path
                    return file
                }
                try await database.write(files.map { .saveDocument($0) }, holding: lease)
                let read = try await database.documents()
                #expect(Set(read.map { ExactPath($0.path) }) == Set(paths.map(ExactPath.init)))
                try await database.write([.removeDocument(path: paths[0])], holding: lease)
                let rest = try await database.documents()
                #expect(Set(rest.map { ExactPath($0.path) }) == Set(paths.dropFirst().map(ExactPath.init)))
            }
        }
    }

    @Test func readsTenThousandDocumentsInTwoRoundTrips() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let database = FilesDatabase(redis: redis)
                let lease = try await acquire(redis)
                let files = (0..<10_000).map { number in
                    var file = file
                    file.path = "folder/\(number).md"
                    return file
                }
                try await database.write(files.map { .saveDocument($0) }, holding: lease)
                _ = try await database.documents()
                let before = try await commandsProcessed(redis)
                #expect(try await database.documents().count == 10_000)
                #expect(try await commandsProcessed(redis) - before == 3, "two commands, and the one that counts")
            }
        }
    }

    private func commandsProcessed(_ redis: RedisClient) async throws -> Int {
        let text = try await redis.send(RedisCommand("INFO", ["commandstats"])).string ?? ""
        let counts = text.matches(of: /cmdstat_(?:evalsha|eval|scan|hgetall|smembers|info):calls=([0-9]+)/)
        // Commands within a script count too, but for the script itself.
        let inScripts = text.matches(of: /cmdstat_(?:hgetall|smembers):calls=([0-9]+)/)
        let sum = { (matches: [Regex<(Substring, Substring)>.Match]) in matches.compactMap { Int($0.1) }.reduce(0, +) }
        return sum(counts) - sum(inScripts)
    }

    @Test func recordsThatNoSetNamesAreFoundAgain() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let database = FilesDatabase(redis: redis)
                let lease = try await acquire(redis)
                try await database.write([.saveDocument(file)], holding: lease)
                _ = try await redis.send(.del("documents"))
                #expect(try await database.documents().isEmpty)
                #expect(try await database.rebuildIndex(holding: lease) == 1)
                #expect(try await database.documents() == [file])
            }
        }
    }
}
