/// A model that questions may name, and the parameters that it takes.
///
/// | models | effort | verbosity | `temperature`, `top_p` |
/// |---|---|---|---|
/// | `gpt-6.2-…` | `low` to `max` | yes | never |
/// | `gpt-6…` | `none` to `max` | yes | with the effort `none` |
/// | `gpt-4.1…`, `gpt-4o…` | no | no | yes |
/// | the embedded engine's | no | no | no |
/// | others | no | no | if `OPENAI_MODELS` says so |
///
/// The source of the first rows is OpenAI's model pages as of November 2026.
public struct OfferedModel: Sendable, Hashable {
    /// When a model takes `temperature` and `top_p`.
    public enum Sampling: Sendable, Hashable {
        case never
        case always
        /// With the reasoning effort `none` only.
        case withoutReasoning
    }

    /// The model's name.
    public var name: String
    /// The reasoning efforts that it takes; empty for none.
    public var efforts: [String] = []
    /// The verbosities that it takes; empty for none.
    public var verbosities: [String] = []
    /// The maximum lengths of answers that it takes, in tokens; nil for none.
    public var outputTokens: ClosedRange<Int>?
    /// When it takes `temperature` and `top_p`.
    public var sampling = Sampling.never

    /// The temperatures that a model takes.
    public static let temperatures = 0.0...2.0
    /// The values of `top_p` that a model takes.
    public static let shares = 0.0...1.0
    /// The fewest tokens that an answer may be limited to: with fewer, hardly one is whole.
    static let fewestTokens = 64
    /// The fewest in the assistants protocol.
    static let fewestRunTokens = 256
}

extension OfferedModel {
    private static let allEfforts = ["none", "low", "medium", "high", "xhigh", "max"]
    private static let allVerbosities = ["low", "medium", "high"]

    /// A model of OpenAI, or of a compatible server.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - samples: Whether the operator says that it takes `temperature` and `top_p`.
    ///   - upstreamProtocol: The protocol; in the assistants protocol no model takes a verbosity.
    init(_ name: String, samples: Bool, over upstreamProtocol: UpstreamProtocol) {
        let isOfRuns = upstreamProtocol == .assistants
        let fewest = isOfRuns ? Self.fewestRunTokens : Self.fewestTokens
        self.init(name: name)
        outputTokens = fewest...32_768
        sampling = samples ? .always : .never
        if name.hasPrefix("gpt-6") {
            let alwaysReasons = name.hasPrefix("gpt-6.2")
            efforts = alwaysReasons ? Array(Self.allEfforts.dropFirst()) : Self.allEfforts
            verbosities = isOfRuns ? [] : Self.allVerbosities
            outputTokens = fewest...128_000
            sampling = alwaysReasons ? .never : .withoutReasoning
        } else if name.hasPrefix("gpt-4.1") || name.hasPrefix("gpt-4o") {
            sampling = .always
            if name.hasPrefix("gpt-4o") { outputTokens = fewest...16_384 }
        }
    }

    /// Checks what a caller wants of this model.
    ///
    /// - Parameters:
    ///   - wanted: The settings.
    ///   - usual: The reasoning effort of questions that name none.
    /// - Throws: ``PolicyAssistantError`` with the code `invalidField`, whose field is that of the first setting that the
    ///   model does not take.
    func check(_ wanted: ModelSettings, usual: Settings.ReasoningEffort) throws(PolicyAssistantError) {
        try check(wanted.effort, "effort", of: efforts)
        try check(wanted.verbosity, "verbosity", of: verbosities)
        if let tokens = wanted.maximumOutputTokens {
            guard let outputTokens else { throw fault("max_output_tokens", "is not taken by \(name)") }
            guard outputTokens.contains(tokens) else {
                throw fault(
                    "max_output_tokens",
                    "must be from \(outputTokens.lowerBound) to \(outputTokens.upperBound)"
                )
            }
        }
        try check(wanted.temperature, "temperature", Self.temperatures, wanted.effort ?? usual.parameter)
        try check(wanted.topP, "top_p", Self.shares, wanted.effort ?? usual.parameter)
    }

    private func check(_ value: String?, _ field: String, of choices: [String]) throws(PolicyAssistantError) {
        guard let value, !choices.contains(value) else { return }
        throw fault(
            field,
            choices.isEmpty ? "is not taken by \(name)" : "must be one of \(choices.joined(separator: ", "))"
        )
    }

    private func check(
        _ value: Double?,
        _ field: String,
        _ range: ClosedRange<Double>,
        _ effort: String?
    ) throws(PolicyAssistantError) {
        guard let value else { return }
        switch sampling {
        case .never: throw fault(field, "is not taken by \(name)")
        case .withoutReasoning where effort != "none":
            throw fault(field, "is taken by \(name) only with the effort none")
        case .always, .withoutReasoning: break
        }
        guard range.contains(value) else {
            throw fault(field, "must be from \(range.lowerBound) to \(range.upperBound)")
        }
    }

    private func fault(_ field: String, _ problem: String) -> PolicyAssistantError {
        PolicyAssistantError(.invalidField, "params.\(field) \(problem).", field: "params.\(field)")
    }
}

extension Settings {
    /// The model of questions that name none, and what it takes.
    public var usualModel: OfferedModel { offeredModels[0] }

    /// Checks what a caller wants of the model.
    ///
    /// - Parameters:
    ///   - wanted: The settings.
    ///   - bound: The model of the question's role, which need not be offered; nil for none.
    /// - Throws: ``PolicyAssistantError`` with the code `invalidField`: the model is not offered, or does not take a setting.
    func check(_ wanted: ModelSettings, boundTo bound: String?) throws(PolicyAssistantError) {
        let model: OfferedModel
        if let name = wanted.model {
            guard let offered = offeredModels.first(where: { $0.name == name }) else {
                let names = offeredModels.map(\.name).joined(separator: ", ")
                throw PolicyAssistantError(
                    .invalidField,
                    "params.model must be one of \(names).",
                    field: "params.model"
                )
            }
            model = offered
        } else if let bound {
            model = OfferedModel(bound, samples: false, over: upstreamProtocol)
        } else {
            model = usualModel
        }
        try model.check(wanted, usual: reasoningEffort)
    }
}

extension SettingsReader {
    /// Reads the models that questions may name; the first is that of questions that name none.
    ///
    /// | setting | value | default |
    /// |---|---|---|
    /// | `OPENAI_MODELS` | names with commas between them; `+sampling` after a name: it takes `temperature` and `top_p` | none |
    mutating func offeredModels(besides usual: String, over upstreamProtocol: UpstreamProtocol) -> [OfferedModel] {
        var models: [OfferedModel] = []
        for word in (text("OPENAI_MODELS") ?? "").split(separator: ",").map({ $0.trimmingWhitespace() }) {
            let parts = word.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first, !name.isEmpty, parts.count == 1 || parts[1] == "sampling" else {
                fault("OPENAI_MODELS", "\(quoted(String(word))) is not the name of a model, with or without +sampling")
                continue
            }
            guard !models.contains(where: { $0.name == name }) else { continue }
            models.append(OfferedModel(String(name), samples: parts.count == 2, over: upstreamProtocol))
        }
        let first = models.firstIndex { $0.name == usual }.map { models.remove(at: $0) }
        return [first ?? OfferedModel(usual, samples: false, over: upstreamProtocol)] + models
    }

    /// Reads the role of questions that name none; nil without one.
    ///
    /// | setting | value | default |
    /// |---|---|---|
    /// | `ROLE_NAME` | 1 to 20 characters | `Assistant` |
    /// | `ROLE_TEXT` | 1 to 200 characters | none: questions that name no role have none |
    mutating func standardRole() -> Role? {
        let (name, text) = (text("ROLE_NAME"), text("ROLE_TEXT"))
        guard let text else {
            if name != nil { fault("ROLE_TEXT", "is missing, though ROLE_NAME is set") }
            return nil
        }
        do {
            return try Role(name: RoleName(name ?? "Assistant"), text: text, scope: .default)
        } catch {
            fault(error.field == "text" ? "ROLE_TEXT" : "ROLE_NAME", "is invalid: \(error.message)")
            return nil
        }
    }
}
