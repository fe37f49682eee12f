internal import Redis

extension RedisServer {
    /// Records documents as a sync would have, in a database of files.
    ///
    /// - Parameters:
    ///   - revision: The revision that comes into force.
    ///   - api: The protocol that they were synced over.
    ///   - upstream: The service that holds them, as `OPENAI_BASE_URL` names it.
    ///   - database: The database.
    /// - Throws: What Redis refused.
    public func recordCorpus(
        revision: Int = 1,
        over api: UpstreamAPI = .responses,
        upstream: String,
        database: Int = 1
    ) async throws {
        try await withClient(database: database) { redis in
            for (key, fields) in [
                (
                    "corpus",
                    [
                        "revision": "\(revision)", "vector_store_id": "vs_1", "protocol": api.rawValue,
                        "assistant_id": "asst_1",
                        "base_url": upstream, "instructions_sha256": "", "synced_at": "2026-11-21T00:00:00Z",
                    ]
                ),
                ("file:leave.md", ["file_id": OpenAIObject.fileID, "sha256": "a1", "bytes": "47", "revision": "1"]),
            ] {
                _ = try await redis.send(RedisCommand("HSET", [key] + fields.flatMap { [$0.key, $0.value] }))
            }
            _ = try await redis.send(.sadd("documents", ["leave.md"]))
        }
    }
}
