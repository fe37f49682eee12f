internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// `GET /models`: the models that questions may name, and the settings that each takes.
struct ModelRoutes: Sendable {
    let settings: Settings

    var routes: [Route] { [Route(Self.listing, list)] }

    private static let listing = Operation(
        method: .get,
        path: "/models",
        id: "list-models",
        tag: .chat,
        summary: "List the models that questions may name",
        details: "`params` in `POST /chat` takes these settings; any other is refused by its name.",
        replies: [.json(ModelsBody.self, "The models; the first is that of questions that name none.")]
    )

    @Sendable private func list(_ request: Request, _ context: APIContext) async throws -> Response {
        try .json(ModelsBody(models: settings.offeredModels.map { ModelBody($0, settings.reasoningEffort) }))
    }
}

/// The models that questions may name.
struct ModelsBody: Encodable {
    let models: [ModelBody]
}

/// A model with its settings.
struct ModelBody: Encodable {
    let name: String
    let parameters: [ParameterBody]

    /// A setting: a choice of words, or a range of numbers.
    struct ParameterBody: Encodable {
        let name: String
        var choices: [String]?
        var minimum: Double?
        var maximum: Double?
        var step: Double?
        /// The value of questions that do not name the setting; absent if the model decides.
        var standard: String?
        /// The reasoning effort with which alone it is taken.
        var effort: String?

        private enum CodingKeys: String, CodingKey {
            case name, choices, minimum, maximum, step, effort
            case standard = "default"
        }
    }
}

extension ModelBody {
    init(_ model: OfferedModel, _ effort: Settings.ReasoningEffort) {
        var parameters: [ParameterBody] = []
        if !model.efforts.isEmpty {
            let usual = model.efforts.contains(effort.rawValue) ? effort.rawValue : nil
            parameters.append(ParameterBody(name: "effort", choices: model.efforts, standard: usual))
        }
        if !model.verbosities.isEmpty {
            parameters.append(ParameterBody(name: "verbosity", choices: model.verbosities, standard: "medium"))
        }
        if let tokens = model.outputTokens {
            let (fewest, most) = (Double(tokens.lowerBound), Double(tokens.upperBound))
            parameters.append(ParameterBody(name: "max_output_tokens", minimum: fewest, maximum: most, step: 1))
        }
        if model.sampling != .never {
            let condition = model.sampling == .withoutReasoning ? "none" : nil
            for (name, range) in [("temperature", OfferedModel.temperatures), ("top_p", OfferedModel.shares)] {
                parameters.append(
                    ParameterBody(
                        name: name,
                        minimum: range.lowerBound,
                        maximum: range.upperBound,
                        step: 0.01,
                        standard: "1",
                        effort: condition
                    )
                )
            }
        }
        self.init(name: model.name, parameters: parameters)
    }
}

extension ModelBody.ParameterBody: Described {
    static let schema = Schema.named(
        "ModelParameter",
        .object(
            .required("name", .string, "The field of `params`."),
            .optional("choices", .array(of: .string), "The values, of a setting that is a choice."),
            .optional("minimum", .number, "The least value, of a setting that is a number."),
            .optional("maximum", .number, "The greatest value."),
            .optional("step", .number, "The distance between two values that are worth telling apart."),
            .optional("default", .string, "The value of questions that do not name it; absent if the model decides."),
            .optional("effort", .string, "The reasoning effort with which alone the model takes it.")
        ),
        "A setting of a model."
    )

    static let example = ModelBody.ParameterBody(
        name: "effort",
        choices: ["none", "low", "medium", "high"],
        standard: "none"
    )
}

extension ModelBody: Described {
    static let schema = Schema.named(
        "Model",
        .object(
            .required("name", .string, "The model's name."),
            .required("parameters", .array(of: ParameterBody.schema), "Its settings; none for the embedded engine.")
        ),
        "A model that questions may name."
    )

    static let example = ModelBody(name: "gpt-6-luna", parameters: [.example])
}

extension ModelsBody: Described {
    static let schema = Schema.named(
        "Models",
        .object(.required("models", .array(of: ModelBody.schema), "The models, the usual one first.")),
        "The models that questions may name."
    )

    static let example = ModelsBody(models: [.example])
}
