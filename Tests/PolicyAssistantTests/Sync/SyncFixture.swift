import Foundation
import HTTPClient
import Logging
import OpenAI
import Redis
import Synchronization
import TestSupport

@testable import PolicyAssistant

/// Syncs in this process, with a real Redis server and a real engine.
struct SyncFixture {
    let settings: Settings
    let openAI: OpenAIClient
    let threads: RedisClient
    let files: RedisClient
    private let attempts: Attempts

    fileprivate init(
        settings: Settings,
        openAI: OpenAIClient,
        threads: RedisClient,
        files: RedisClient,
        attempts: Attempts
    ) {
        self.settings = settings
        self.openAI = openAI
        self.threads = threads
        self.files = files
        self.attempts = attempts
    }

    var assets: String { settings.assetsDirectory }

    var sync: Sync {
        Assistant(
            settings: settings,
            threadsRedis: threads,
            filesRedis: files,
            openAI: openAI,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        ).sync
    }

    /// How many files were uploaded so far.
    var uploads: Int { attempts.count(of: "POST files") }

    func run(_ change: (inout SyncOptions) -> Void = { _ in }) async throws -> SyncReceipt {
        var options = SyncOptions()
        change(&options)
        return try await sync.run(options)
    }

    func write(_ text: String, to path: String) throws {
        try write(Data(text.utf8), to: path)
    }

    func write(_ data: Data, to path: String) throws {
        let file = URL(filePath: "\(assets)/\(path)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
    }
}

/// Counts calls of the upstream.
private final class Attempts: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func record(_ attempt: OpenAIAttempt) {
        counts.withLock { $0[attempt.operation, default: 0] += 1 }
    }

    func count(of operation: String) -> Int {
        counts.withLock { $0[operation, default: 0] }
    }
}

func withSyncFixture(_ body: (SyncFixture) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
        let (socket, assets, instructions) = ("\(folder)/engine", "\(folder)/assets", "\(folder)/instructions.md")
        try FileManager.default.createDirectory(atPath: assets, withIntermediateDirectories: true)
        try "Answer from the files.".write(toFile: instructions, atomically: true, encoding: .utf8)
        let settings = try await Settings.read(
            environment: ["ASSETS_DIR": assets, "INSTRUCTIONS_FILE": instructions],
            environmentFile: "\(folder)/none"
        )
        let attempts = Attempts()
        var configuration = OpenAIConfiguration(
            baseURL: "http://localhost/v1",
            apiKey: "any",
            unixSocketPath: socket
        )
        configuration.onAttempt = attempts.record
        let openAI = try OpenAIClient(configuration: configuration, http: try HTTPClient())
        try await withLocalEngine(databasePath: "\(folder)/engine.sqlite", socketPath: socket) {
            try await withRedisServer { server in
                try await server.withClient(database: 0) { threads in
                    try await server.withClient(database: 1) { files in
                        let fixture = SyncFixture(
                            settings: settings,
                            openAI: openAI,
                            threads: threads,
                            files: files,
                            attempts: attempts
                        )
                        try await body(fixture)
                    }
                }
            }
        }
    }
}
