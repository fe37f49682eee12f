internal import LocalEngine
internal import OpenAI
internal import PolicyAssistant

extension LocalEngine.Model {
    /// The engine's settings of a model.
    init(_ model: EngineModel, _ settings: Settings) {
        self.init(
            name: model.name,
            server: model.server,
            concurrency: model.concurrency,
            contextTokens: model.contextTokens,
            firstTokenTimeout: model.firstTokenTimeout,
            timeout: model.timeout,
            trustRootsFile: settings.trustRootsFile,
            trustRootsDirectories: settings.trustRootsDirectories
        )
    }
}

extension EngineModel {
    /// The server of the model.
    var server: OpenAIConfiguration {
        OpenAIConfiguration(baseURL: baseURL, apiKey: apiKey, retry: RetryPolicy(maximumRetries: 0))
    }
}
