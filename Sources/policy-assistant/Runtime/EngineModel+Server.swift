internal import ChatCompletions
internal import LocalEngine
internal import PolicyAssistant

extension LocalEngine.Model {
    /// The engine's settings of a model.
    init(_ model: EngineModel, _ settings: Settings) {
        self.init(
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
    var server: ChatCompletionsConfiguration {
        ChatCompletionsConfiguration(baseURL: baseURL, model: name, apiKey: apiKey)
    }
}
