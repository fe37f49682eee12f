import Foundation
import Redis
import TestSupport

/// What a sync of ``Documents/all`` leaves: made once for each protocol, and copied for tests that only need documents
/// in force.
///
/// A test about syncs syncs.
struct SyncedDocuments {
    /// A key of a database, as `DUMP` gives it.
    private struct Key {
        let database: Int
        let name: String
        let value: [UInt8]
    }

    /// The engine's state.
    private let data: String
    private let keys: [Key]

    private static let made = Made()

    private actor Made {
        private var makings: [UpstreamAPI: Task<SyncedDocuments, any Error>] = [:]

        func documents(over api: UpstreamAPI) async throws -> SyncedDocuments {
            let making = makings[api] ?? Task { try await SyncedDocuments(over: api) }
            makings[api] = making
            return try await making.value
        }
    }

    /// Brings the documents into force in an installation, whose engine does not run yet.
    ///
    /// - Parameters:
    ///   - api: The installation's protocol.
    ///   - installation: An installation in which nothing was ever synced.
    ///   - server: Its Redis server.
    ///   - upstream: The upstream that holds the documents, as `OPENAI_BASE_URL` names it; nil for the embedded engine.
    /// - Throws: What the first sync, Redis or the file system throw.
    static func bringIntoForce(
        over api: UpstreamAPI,
        in installation: Installation,
        _ server: RedisServer,
        upstream: String? = nil
    ) async throws {
        let documents = try await made.documents(over: api)
        try FileManager.default.copyItem(atPath: documents.data, toPath: "\(installation.folder)/data")
        for database in [0, 1] {
            try await server.withClient(database: database) { redis in
                for key in documents.keys where key.database == database {
                    _ = try await redis.send(
                        RedisCommand("RESTORE", bytes: [Array(key.name.utf8), Array("0".utf8), key.value])
                    )
                }
                guard database == 1, let upstream else { return }
                _ = try await redis.send(.hset("corpus", ["base_url": upstream]))
            }
        }
    }

    private init(over api: UpstreamAPI) async throws {
        let data = "\(try lastingFolder())/data"
        self.data = data
        keys = try await withInstallation(over: api, documents: Documents.all) { installation, server in
            let result = try await installation.run(["sync"])
            guard result.status == 0 else { throw ProgramFailure(program: "sync", output: result.errors) }
            try FileManager.default.copyItem(atPath: "\(installation.folder)/data", toPath: data)
            var keys: [Key] = []
            for database in [0, 1] {
                keys += try await server.withClient(database: database) { redis in
                    var found: [Key] = []
                    for name in try await EndToEndTests.keys("*", redis) {
                        guard case .bytes(let value) = try await redis.send(RedisCommand("DUMP", [name])) else {
                            continue
                        }
                        found.append(Key(database: database, name: name, value: value))
                    }
                    return found
                }
            }
            return keys
        }
    }
}

/// Creates an installation in which ``Documents/all`` are in force.
func withSyncedInstallation<Result>(
    over api: UpstreamAPI = .responses,
    settings: [String: String] = [:],
    _ body: (Installation, RedisServer) async throws -> Result
) async throws -> Result {
    try await withInstallation(over: api, documents: Documents.all, settings: settings) { installation, server in
        try await SyncedDocuments.bringIntoForce(over: api, in: installation, server)
        return try await body(installation, server)
    }
}
