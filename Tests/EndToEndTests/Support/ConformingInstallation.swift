import Foundation
import TestSupport
import Testing

/// Creates an installation for which the product and the engine are held to OpenAI's contract.
///
/// Where the contract is here, all that the product's programs say to the engine goes through its proxy, and whatever
/// deviates from it on either side fails the test. Elsewhere each program hosts the engine itself, as it does for users.
///
/// Other tests go without. A script for an upstream (``withScriptedInstallation(over:settings:script:_:)``) breaks the
/// contract on purpose, and what is not about the upstream has nothing to show there.
///
/// - Parameters:
///   - api: The protocol.
///   - documents: The documents.
///   - areInForce: Whether the documents, which are ``Documents/all`` then, are in force already.
///   - body: Gets the installation.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws, and what kept a part from running.
func withConformingInstallation<Result>(
    over api: UpstreamAPI,
    documents: [String: String] = [:],
    areInForce: Bool = false,
    _ body: (Installation, RedisServer) async throws -> Result
) async throws -> Result {
    try await withInstallation(over: api, documents: areInForce ? Documents.all : documents) { plain, redis in
        guard let contract = Contract.here else {
            if areInForce { try await SyncedDocuments.bringIntoForce(over: api, in: plain, redis) }
            return try await body(plain, redis)
        }
        return try await contract.withProxy(before: .unixSocket(path: plain.engineSocket)) { proxy in
            if areInForce {
                try await SyncedDocuments.bringIntoForce(over: api, in: plain, redis, upstream: proxy.baseURL)
            }
            return try await plain.hostingEngine {
                var installation = plain
                installation.settings["OPENAI_API_KEY"] = "sk-local"
                installation.settings["OPENAI_BASE_URL"] = proxy.baseURL
                let result = try await body(installation, redis)
                let requests = try await proxy.report().requests
                #expect(requests > 0)
                return result
            }
        }
    }
}

/// Lends the address at which an engine can be asked: that of the contract's proxy before it, where the contract is here.
func holdingToContract<Result>(
    _ engine: LocalAddress,
    _ body: (LocalAddress) async throws -> Result
) async throws -> Result {
    guard let contract = Contract.here else { return try await body(engine) }
    return try await contract.withProxy(before: engine) { try await body(.port($0.port)) }
}

extension Installation {
    fileprivate var engineSocket: String { "\(folder)/engine.sock" }

    /// Hosts the engine in the test's own process while `body` runs, with the state that the programs' engines have.
    fileprivate func hostingEngine<Result>(_ body: () async throws -> Result) async throws -> Result {
        let data = "\(folder)/data"
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        return try await withLocalEngine(databasePath: "\(data)/engine.sqlite", socketPath: engineSocket, body)
    }
}
