internal import OpenAI

extension Settings {
    /// The two sides of the upstream, in the protocol that is set: the one place that knows which.
    func upstreamParts(_ openAI: OpenAIClient) -> (any UpstreamAdapter, any DocumentIndex) {
        switch upstreamProtocol {
        case .responses:
            (
                ResponsesAdapter(openAI: openAI, model: model, reasoningEffort: reasoningEffort),
                SharedStoreIndex(openAI: openAI)
            )
        case .assistants:
            (
                AssistantsAdapter(
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
