internal import PolicyAssistant

/// The settings of the model in the body of `POST /chat`.
///
/// A field that is not a setting is refused by its name, so that none is silently without effect.
struct ChatParameters: Sendable {
    var settings = ModelSettings()

    private enum Key: String, CodingKey, CaseIterable {
        case model, effort, verbosity, temperature
        case maximumOutputTokens = "max_output_tokens"
        case topP = "top_p"
    }

    /// A field of any name.
    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Creates the schema of the settings that some of the models take.
    static func schema(of models: [OfferedModel]) -> Schema {
        func union(_ choices: (OfferedModel) -> [String]) -> [String] {
            models.flatMap(choices).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        }
        let (efforts, verbosities) = (union(\.efforts), union(\.verbosities))
        var fields: [Schema.Property] = [.omittable("model", .choice(union { [$0.name] }), "The model that answers.")]
        if !efforts.isEmpty {
            fields.append(.omittable("effort", .choice(efforts), "How much the model reasons before it answers."))
        }
        if !verbosities.isEmpty {
            fields.append(.omittable("verbosity", .choice(verbosities), "How long answers are."))
        }
        if let fewest = models.compactMap(\.outputTokens?.lowerBound).min() {
            let meaning = "The most tokens of the answer, which may cut it."
            fields.append(.omittable("max_output_tokens", .integer(from: fewest), meaning))
        }
        if models.contains(where: { $0.sampling != .never }) {
            let meaning = "How much chance there is in the choice of words."
            fields.append(.omittable("temperature", .number(OfferedModel.temperatures), meaning))
            fields.append(
                .omittable("top_p", .number(OfferedModel.shares), "The share of likely words that are chosen from.")
            )
        }
        return .closedObject(fields)
    }
}

extension ChatParameters: Codable {
    init(from decoder: any Decoder) throws {
        for key in try decoder.container(keyedBy: AnyKey.self).allKeys where Key(stringValue: key.stringValue) == nil {
            throw PolicyAssistantError(
                .invalidField,
                "params.\(key.stringValue) is not a setting of the model; GET /models lists those there are.",
                field: "params.\(key.stringValue)"
            )
        }
        let fields = try decoder.container(keyedBy: Key.self)
        settings.model = try fields.decodeIfPresent(String.self, forKey: .model)
        settings.effort = try fields.decodeIfPresent(String.self, forKey: .effort)
        settings.verbosity = try fields.decodeIfPresent(String.self, forKey: .verbosity)
        settings.maximumOutputTokens = try fields.decodeIfPresent(Int.self, forKey: .maximumOutputTokens)
        settings.temperature = try fields.decodeIfPresent(Double.self, forKey: .temperature)
        settings.topP = try fields.decodeIfPresent(Double.self, forKey: .topP)
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encodeIfPresent(settings.model, forKey: .model)
        try fields.encodeIfPresent(settings.effort, forKey: .effort)
        try fields.encodeIfPresent(settings.verbosity, forKey: .verbosity)
        try fields.encodeIfPresent(settings.maximumOutputTokens, forKey: .maximumOutputTokens)
        try fields.encodeIfPresent(settings.temperature, forKey: .temperature)
        try fields.encodeIfPresent(settings.topP, forKey: .topP)
    }
}
