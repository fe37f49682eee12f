internal import OpenAI

/// The parts that depend on the wire protocol.
struct UpstreamParts: Sendable {
    let adapter: any UpstreamAdapter
    let index: VectorStoreIndex
    /// Creates the assistant; nil in the protocol that has none.
    let assistant: AssistantPreparation?
}

extension Settings {
    /// Creates the parts for the protocol that is set; no other code chooses by the protocol.
    func upstreamParts(_ openAI: OpenAIClient) -> UpstreamParts {
        switch upstreamProtocol {
        case .responses:
            UpstreamParts(
                adapter: ResponsesAdapter(openAI: openAI, model: model, reasoningEffort: reasoningEffort),
                index: VectorStoreIndex(openAI: openAI, scheme: .attributes),
                assistant: nil
            )
        case .assistants:
            UpstreamParts(
                adapter: AssistantsAdapter(
                    openAI: openAI,
                    model: model,
                    reasoningEffort: reasoningEffort,
                    configuredAssistantID: assistantID
                ),
                index: VectorStoreIndex(openAI: openAI, scheme: .storePerRevision),
                assistant: AssistantPreparation(openAI: openAI, model: model, configuredAssistantID: assistantID)
            )
        }
    }
}
