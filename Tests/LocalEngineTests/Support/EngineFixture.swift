import Foundation
import HTTPClient
import Logging
import Synchronization
import TestSupport

@testable import LocalEngine

/// A time of day that tests move.
final class TestTime: Sendable {
    private let seconds = Mutex(1_795_219_200)

    var clock: WallClock { WallClock { self.now } }
    var now: Int { seconds.withLock { $0 } }

    func advance(_ duration: Int) {
        seconds.withLock { $0 += duration }
    }
}

/// Runs an engine with a database of its own while the closure runs.
func withEngine<Result>(
    _ hooks: EngineTestHooks = EngineTestHooks(),
    apiKey: String? = nil,
    encoder: String? = nil,
    model: LocalEngine.Model? = nil,
    _ body: (EngineClient) async throws -> Result
) async throws -> Result {
    try await withTemporaryFolder { folder in
        try await withEngine(in: folder, hooks, apiKey: apiKey, encoder: encoder, model: model, body)
    }
}

/// Runs an engine while the closure runs; engines in one folder share a database.
func withEngine<Result>(
    in folder: String,
    _ hooks: EngineTestHooks = EngineTestHooks(),
    socket: String = "a",
    parallelism: Int = 2,
    apiKey: String? = nil,
    encoder: String? = nil,
    model: LocalEngine.Model? = nil,
    _ body: (EngineClient) async throws -> Result
) async throws -> Result {
    let socketPath = "\(folder)/\(socket)"
    let configuration = LocalEngine.Configuration(
        databasePath: "\(folder)/engine.sqlite",
        address: .unixSocket(path: socketPath),
        apiKey: apiKey,
        maximumExtractions: parallelism,
        encoderDirectory: encoder,
        model: model
    )
    let http = try HTTPClient(configuration: .init())
    return try await withLocalEngine { onListening in
        try LocalEngine(
            configuration: configuration,
            hooks: hooks,
            logger: Logger(label: "engine") { _ in SwiftLogNoOpLogHandler() },
            onListening: onListening
        )
    } _: { _ in
        do {
            let result = try await body(EngineClient(http: http, socketPath: socketPath))
            await http.shutdown()
            return result
        } catch {
            await http.shutdown()
            throw error
        }
    }
}

/// The policies that most tests ask about.
enum Policies {
    static let leave = """
        # Annual leave

        Full-time employees receive 27 days of paid annual leave in each calendar year.

        # Parental leave

        Parents may take 18 weeks of fully paid parental leave within two years of the birth.
        """
    static let travel = """
        # Travel

        The daily meal allowance abroad is 64 euros. Receipts are due within 20 days of the journey's end.
        """
}
