internal import Foundation
internal import LocalEngine
internal import OpenAI

/// Runs `body` with a model that writes the answers of all engines of the tests, if the environment variable
/// `TEST_ENGINE_MODEL` is set.
///
/// The model copies one sentence of its first passage; a test that expects another sentence of it fails with the model.
///
/// - Parameter body: Receives the model; nil without the variable.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws.
public func withSharedModel<Result>(_ body: (ScriptedModel?) async throws -> Result) async throws -> Result {
    guard ProcessInfo.processInfo.environment["TEST_ENGINE_MODEL"]?.isEmpty == false else { return try await body(nil) }
    return try await withScriptedModel {
        .written($0.copiedAnswer)
    } _: {
        try await body($0)
    }
}

extension ScriptedModel {
    /// The settings of an engine that asks this model.
    var engineModel: LocalEngine.Model {
        LocalEngine.Model(name: Self.name, server: OpenAIConfiguration(baseURL: baseURL, apiKey: nil))
    }
}
