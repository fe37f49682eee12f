import Foundation
import HTTPClient
import Logging
import OpenAI
import Redis
import TestSupport

@testable import PolicyAssistant

/// An assistant over a real Redis server and a real engine, in whose databases an older deployment left something.
struct LegacyFixture {
    let folder: String
    var settings: Settings
    let openAI: OpenAIClient
    /// The databases of threads and of documents.
    let threads: RedisClient
    let files: RedisClient

    var assistant: Assistant {
        Assistant(
            settings: settings,
            threadsRedis: threads,
            filesRedis: files,
            openAI: openAI,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    /// Imports, and says what became of each key.
    func run(
        _ change: (inout LegacyImport.Options) -> Void = { _ in }
    ) async throws -> [String: LegacyOutcome.Action] {
        var options = LegacyImport.Options()
        change(&options)
        let receipt = try await assistant.legacyImport.run(options)
        return Dictionary(uniqueKeysWithValues: receipt.outcomes.map { ($0.key, $0.action) })
    }

    /// Brings documents into force, in a store of their own, whose ID is returned.
    func bringDocumentsIntoForce() async throws -> String {
        let store = try await openAI.vectorStores.create(name: "policy-assistant", metadata: [:]).id
        let fields = [
            "revision": "3", "vector_store_id": store, "protocol": settings.upstreamProtocol.rawValue,
            "base_url": settings.upstreamIdentity, "synced_at": "2026-11-21T00:00:00Z",
        ]
        _ = try await files.send(.hset("corpus", fields))
        return store
    }

    /// Writes a document that was last changed years ago.
    func write(_ text: String, to path: String) throws {
        let file = URL(fileURLWithPath: "\(settings.assetsDirectory)/\(path)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
        let then = Date(timeIntervalSince1970: 1_600_000_000)
        try FileManager.default.setAttributes([.modificationDate: then], ofItemAtPath: file.path)
    }

    /// Uploads a text as an older deployment did, and notes it under a name.
    func upload(_ text: String, notedAs names: String...) async throws -> String {
        let path = "\(folder)/upload.md"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        let id = try await openAI.files.upload(path: path, filename: "legacy.md").id
        for name in names { _ = try await files.send(.set(name, id)) }
        return id
    }

    /// Creates a thread as an older deployment did, and notes it under users.
    func thread(of users: String...) async throws -> String {
        let id = try await openAI.threads.create().id
        for user in users { _ = try await threads.send(.set(user, id)) }
        return id
    }

    func hasThread(_ id: String) async throws -> Bool {
        (try? await openAI.threads.retrieve(id)) != nil
    }

    /// Every key of a database and what it holds.
    func contents(of redis: RedisClient) async throws -> [String: RedisValue] {
        var contents: [String: RedisValue] = [:]
        for try await key in redis.scan(prefix: "") {
            contents[key] = try await redis.send(RedisCommand("DUMP", [key]))
        }
        return contents
    }
}

func withLegacyFixture(
    _ upstreamProtocol: UpstreamProtocol,
    filesDatabase: Int = 1,
    _ body: (LegacyFixture) async throws -> Void
) async throws {
    try await withTemporaryFolder { folder in
        let (socket, assets, instructions) = ("\(folder)/engine", "\(folder)/assets", "\(folder)/instructions.md")
        try FileManager.default.createDirectory(atPath: assets, withIntermediateDirectories: true)
        try "Answer from the files.".write(toFile: instructions, atomically: true, encoding: .utf8)
        let settings = try await Settings.read(
            environment: [
                "OPENAI_API": upstreamProtocol.rawValue, "ASSETS_DIR": assets, "INSTRUCTIONS_FILE": instructions,
            ],
            environmentFile: "\(folder)/none"
        )
        let configuration = OpenAIConfiguration(baseURL: "http://localhost/v1", apiKey: "any", unixSocketPath: socket)
        let openAI = try OpenAIClient(configuration: configuration, http: try HTTPClient())
        try await withLocalEngine(databasePath: "\(folder)/engine.sqlite", socketPath: socket) {
            try await withRedisServer { server in
                try await server.withClient(database: 0) { threads in
                    try await server.withClient(database: filesDatabase) { files in
                        let fixture = LegacyFixture(
                            folder: folder,
                            settings: settings,
                            openAI: openAI,
                            threads: threads,
                            files: files
                        )
                        try await body(fixture)
                    }
                }
            }
        }
    }
}
