/// The models on offer: `/models`.
public struct ModelsAPI: Sendable {
    let transport: Transport

    /// All models that the key may use.
    ///
    /// - Throws: ``OpenAIError``
    public func list() async throws(OpenAIError) -> [Model] {
        try await transport.value(.get("models"), as: Page<Model>.self).data
    }
}
