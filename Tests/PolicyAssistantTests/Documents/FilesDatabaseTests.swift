import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct FilesDatabaseTests {
    private let file = TrackedFile(
        path: "leave/Annual leave — 2026.md",
        fileID: "file-1",
        sha256: "abc",
        bytes: 12,
        modified: "1.000000001",
        uploadedAt: "2026-11-21T03:36:00Z",
        revision: 3
    )

    private func acquire(_ redis: RedisClient) async throws -> Lease {
        guard
            case .acquired(let lease) = try await Lease.acquire(
                "lock:sync",
                holder: "host 1 now",
                for: .seconds(30),
                in: redis
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
                    [.set(key: file.key, fields: file.fields), .discard(fileID: "file-0")],
                    holding: lease
                )
                #expect(try await database.files() == [file])
                #expect(try await database.trash() == ["file-0"])
                try await database.write([.delete(key: file.key), .forgetDiscarded(fileID: "file-0")], holding: lease)
                #expect(try await database.files().isEmpty)
                #expect(try await database.trash().isEmpty)
            }
        }
    }

    @Test func writesNothingOnceTheLockIsLost() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let database = FilesDatabase(redis: redis)
                let lease = try await acquire(redis)
                _ = try await redis.send(.set("lock:sync", "another holder"))
                await #expect {
                    try await database.write([.set(key: file.key, fields: file.fields)], holding: lease)
                } throws: { error in
                    (error as? PolicyAssistantError)?.code == .syncLockLost
                }
                #expect(try await database.files().isEmpty)
            }
        }
    }

    @Test func aStoreMadeBeforeTheFirstSyncEndedIsNoCorpus() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let database = FilesDatabase(redis: redis)
                let lease = try await acquire(redis)
                try await database.write(
                    [.set(key: Corpus.key, fields: ["next_vector_store_id": "vs_1"])],
                    holding: lease
                )
                #expect(try await database.corpus() == nil)
                let corpus = Corpus(
                    revision: 1,
                    vectorStoreID: "vs_1",
                    upstreamProtocol: "responses",
                    baseURL: "embedded",
                    instructionsSHA256: "abc",
                    syncedAt: "2026-11-21T03:36:00Z"
                )
                try await database.write([.set(key: Corpus.key, fields: corpus.fields)], holding: lease)
                #expect(try await database.corpus() == corpus)
            }
        }
    }

    @Test func leavesOthersKeysAlone() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                _ = try await redis.send(.set("files", "not ours"))
                _ = try await redis.send(.set("session:1", "not ours"))
                #expect(try await FilesDatabase(redis: redis).files().isEmpty)
                #expect(try await redis.send(.get("session:1")).string == "not ours")
            }
        }
    }
}
