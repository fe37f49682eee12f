public import FoundationEssentials

/// The available models: `/models`.
public struct ModelsAPI: Sendable {
    let transport: Transport

    /// Lists all models that the key may use.
    public func list() async throws(OpenAIError) -> [Model] {
        try await transport.value(.get("models"), as: Page<Model>.self).data
    }

    /// Deletes a model that was trained for the key's organization.
    ///
    /// - Returns: Whether it existed.
    @discardableResult
    public func delete(_ id: String) async throws(OpenAIError) -> Bool {
        try await transport.delete(.delete("models", id))
    }
}

/// An available model.
public struct Model: Sendable, Hashable, Decodable {
    /// The model's ID.
    public let id: String
    /// When it was created.
    public let created: Date?
    /// Its owner.
    public let ownedBy: String
    /// The date of its announced shutdown, as `YYYY-MM-DD`.
    public let shutdownDate: String?

    private enum CodingKeys: String, CodingKey {
        case id, created
        case ownedBy = "owned_by"
        case shutdownDate = "shutdown_date"
    }

    /// Decodes a model; only its ID is required.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        created = try fields.decodeDate(.created)
        ownedBy = try fields.decode(.ownedBy, or: "")
        shutdownDate = try fields.decodeIfPresent(String.self, forKey: .shutdownDate)
    }
}
