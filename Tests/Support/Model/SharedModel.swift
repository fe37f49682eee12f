internal import Foundation
internal import LocalEngine
internal import OpenAI

/// A model that writes the answers of all engines of tests that name no model of their own.
///
/// It copies sentences of its first passage, which is what a model does that makes no mistakes (`ModelCall.copiedAnswer`).
public enum SharedModel {
    /// Whether it writes: in the whole run, if the environment variable `TEST_ENGINE_MODEL` is set, or in a part of a test.
    @TaskLocal public static var isCopying =
        ProcessInfo.processInfo.environment["TEST_ENGINE_MODEL"]?.isEmpty == false
}

/// Runs `body` with the shared model.
///
/// - Parameter body: Receives the model; nil if it does not write.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws.
public func withSharedModel<Result>(_ body: (ScriptedModel?) async throws -> Result) async throws -> Result {
    guard SharedModel.isCopying else { return try await body(nil) }
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
