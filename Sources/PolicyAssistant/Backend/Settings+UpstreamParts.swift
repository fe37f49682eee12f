internal import OpenAI

extension Settings {
    /// The two sides of the upstream, in the protocol that is set: the one place that knows which.
    func upstreamParts(_ openAI: OpenAIClient) -> (any ThreadBackend, any DocumentIndex) {
        switch upstreamProtocol {
        case .responses:
            (
                ResponsesBackend(openAI: openAI, model: model, reasoningEffort: reasoningEffort),
                SharedStoreIndex(openAI: openAI)
            )
        case .assistants:
            (
                AssistantsBackend(
                    openAI: openAI,
                    model: model,
                    reasoningEffort: reasoningEffort,
                    configuredAssistantID: assistantID
                ),
                StorePerRevisionIndex(openAI: openAI)
            )
        }
    }
}
