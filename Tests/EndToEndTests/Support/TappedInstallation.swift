import Foundation
import HTTPClient
import OpenAI
import Redis
import TestSupport

/// An installation whose sync runs as a process that a test can kill at any moment, while its servers go on.
///
/// The engine runs in the test's own process. What the sync says to it and to Redis goes through a tap; what the
/// server that answers questions says does not. Where the contract is here, what has passed the tap is held to it.
struct TappedInstallation {
    let api: UpstreamAPI
    /// What syncs, through the tap.
    let syncing: Installation
    /// What answers questions, past the tap.
    let answering: Installation
    let tap: Wiretap
    let redis: RedisClient
    let server: RedisServer
    let openAI: OpenAIClient

    private static let tappedKey = "sk-tapped"

    /// Lends an installation.
    ///
    /// - Parameters:
    ///   - api: The protocol.
    ///   - documents: The documents.
    ///   - isHeldToContract: Not for kills, which are meant for one instant between two messages.
    ///   - body: Gets the installation.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, and what kept a part from running.
    static func with<Result>(
        over api: UpstreamAPI,
        documents: [String: String],
        isHeldToContract: Bool = true,
        _ body: (TappedInstallation) async throws -> Result
    ) async throws -> Result {
        try await withInstallation(over: api, documents: documents) { plain, server in
            let socket = "\(plain.folder)/engine.sock"
            func join(_ engine: LocalAddress) async throws -> Result {
                try await tapping(plain, engine) { syncing, answering, tap in
                    try await joined(api, syncing, answering, tap, server, socket, body)
                }
            }
            return try await withLocalEngine(databasePath: "\(plain.folder)/engine.sqlite", socketPath: socket) {
                let engine = LocalAddress.unixSocket(path: socket)
                return isHeldToContract ? try await holdingToContract(engine, join) : try await join(engine)
            }
        }
    }

    /// Puts the tap before an engine and Redis.
    private static func tapping<Result>(
        _ plain: Installation,
        _ engine: LocalAddress,
        _ body: (_ syncing: Installation, _ answering: Installation, Wiretap) async throws -> Result
    ) async throws -> Result {
        let redis = LocalAddress.unixSocket(path: plain.settings["REDIS_ENDPOINT"] ?? "")
        let tap = Wiretap()
        return try await withScriptedServer { connection in
            try await relay(connection, to: engine, tap)
        } _: { upstream in
            let redisTap = ScriptedServer.Address.unixSocket(path: "\(plain.folder)/tapped")
            return try await withScriptedServer(at: redisTap) { connection in
                try await connection.relay(to: redis, tap: tap.pass)
            } _: { tapped in
                var answering = plain
                answering.settings["OPENAI_BASE_URL"] = "http://\(upstream.authority)/v1"
                answering.settings["OPENAI_API_KEY"] = "sk-plain"
                var syncing = answering
                syncing.settings["OPENAI_API_KEY"] = tappedKey
                syncing.settings["REDIS_ENDPOINT"] = tapped.unixSocketPath
                return try await body(syncing, answering, tap)
            }
        }
    }

    private static func joined<Result>(
        _ api: UpstreamAPI,
        _ syncing: Installation,
        _ answering: Installation,
        _ tap: Wiretap,
        _ server: RedisServer,
        _ engine: String,
        _ body: (TappedInstallation) async throws -> Result
    ) async throws -> Result {
        let http = try HTTPClient()
        let openAI = try OpenAIClient(
            configuration: OpenAIConfiguration(
                baseURL: "http://localhost/v1",
                apiKey: "sk-check",
                unixSocketPath: engine
            ),
            http: http
        )
        let result = try await server.withClient(database: 1) { redis in
            try await body(
                TappedInstallation(
                    api: api,
                    syncing: syncing,
                    answering: answering,
                    tap: tap,
                    redis: redis,
                    server: server,
                    openAI: openAI
                )
            )
        }
        await http.shutdown()
        return result
    }

    /// Connections tell by their key whose they are.
    private static func relay(
        _ connection: ScriptedConnection,
        to engine: LocalAddress,
        _ tap: Wiretap
    ) async throws {
        let isTapped = Gate()
        do {
            try await connection.relay(to: engine) { direction, bytes in
                if direction == .request, String(decoding: bytes, as: UTF8.self).contains("Bearer \(tappedKey)") {
                    isTapped.open()
                }
                if isTapped.isOpen { try await tap.pass(direction, bytes) }
            }
        } catch Wiretap.Fault.answer(let text) {
            try await connection.send(text)
            await connection.closed()
        }
    }

    /// Syncs and kills the process at the moment, if it comes.
    ///
    /// - Returns: Whether it came.
    func syncKilled(at isMoment: @escaping @Sendable (Wiretap.Passage) -> Bool) async throws -> Bool {
        tap.arm(isMoment)
        defer {
            tap.release()
            tap.arm { _ in false }
        }
        return try await syncing.starting(["sync"]) { program in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask { [tap] in
                    await tap.reachesMoment()
                    return true
                }
                group.addTask {
                    await program.ended()
                    return false
                }
                let isReached = try await group.next() ?? false
                if isReached { await program.kill() }
                group.cancelAll()
                return isReached
            }
        }
    }
}
