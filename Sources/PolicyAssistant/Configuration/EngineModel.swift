internal import OpenAI

/// A model that writes the embedded engine's answers, at a server with `/v1/chat/completions`.
///
/// | setting | value | default |
/// |---|---|---|
/// | `ENGINE_MODEL_URL` | the base URL, such as `http://127.0.0.1:11434/v1` | none: the engine quotes |
/// | `ENGINE_MODEL` | the name of the model | none; required with the URL |
/// | `ENGINE_MODEL_API_KEY` | a secret | none |
/// | `ENGINE_MODEL_CONCURRENCY` | 1 to 256 | 4 |
/// | `ENGINE_MODEL_CONTEXT_TOKENS` | 2,048 to 10,000,000 | 4,096 |
/// | `ENGINE_MODEL_FIRST_TOKEN_SECONDS` | 1 to 540 | 30 |
/// | `ENGINE_MODEL_TIMEOUT_SECONDS` | 1 to 540 | 45 |
public struct EngineModel: Sendable, Hashable {
    /// The base URL.
    public var baseURL: String
    /// The name of the model.
    public var name: String
    /// The API key, a secret; nil for a server that requires none.
    public var apiKey: String?
    /// How many answers the model writes at a time.
    public var concurrency: Int
    /// The tokens of the model's context, those of the answer included.
    public var contextTokens: Int
    /// The longest time until the first token of an answer.
    public var firstTokenTimeout: Duration
    /// The longest time of an answer.
    public var timeout: Duration
}

extension EngineModel: CustomStringConvertible, CustomReflectable {
    /// The name of the model, without the key.
    public var description: String { name }

    /// A mirror with the description only, so that `dump` does not print the key.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: [description]) }
}

extension SettingsReader {
    /// Reads the model; nil without one.
    ///
    /// - Parameter limit: The time within which an answer has to begin, if this program asks the engine: the quotation that
    ///   replaces a late answer has to be in time.
    /// - Returns: The model.
    mutating func engineModel(within limit: Duration?) -> EngineModel? {
        let bounds = 1...540
        // A shorter limit upstream shortens the defaults.
        let usual = min(45, limit.map { max(1, Int($0.components.seconds) * 3 / 4) } ?? 45)
        let timeout = integer("ENGINE_MODEL_TIMEOUT_SECONDS", in: bounds, default: usual)
        let model = EngineModel(
            baseURL: text("ENGINE_MODEL_URL") ?? "",
            name: text("ENGINE_MODEL") ?? "",
            apiKey: headerValue("ENGINE_MODEL_API_KEY", isSecret: true),
            concurrency: integer("ENGINE_MODEL_CONCURRENCY", in: 1...256, default: 4),
            contextTokens: integer("ENGINE_MODEL_CONTEXT_TOKENS", in: 2_048...10_000_000, default: 4_096),
            firstTokenTimeout: .seconds(
                integer("ENGINE_MODEL_FIRST_TOKEN_SECONDS", in: bounds, default: min(30, timeout))
            ),
            timeout: .seconds(timeout)
        )
        guard !model.baseURL.isEmpty else {
            if !model.name.isEmpty { fault("ENGINE_MODEL_URL", "is needed with ENGINE_MODEL") }
            return nil
        }
        check(model, within: limit)
        return model
    }

    private mutating func check(_ model: EngineModel, within limit: Duration?) {
        if model.name.isEmpty {
            fault("ENGINE_MODEL", "is needed with ENGINE_MODEL_URL: the name of the model, as the server knows it")
        }
        do throws(OpenAIError) {
            let url = try OpenAIBaseURL(model.baseURL)
            if url.pathPrefix.hasSuffix("/chat/completions") {
                fault("ENGINE_MODEL_URL", "ends with /chat/completions, which the program appends itself")
            }
        } catch {
            fault("ENGINE_MODEL_URL", "is not a URL such as http://127.0.0.1:11434/v1: \(error.message)")
        }
        if model.firstTokenTimeout > model.timeout {
            fault("ENGINE_MODEL_FIRST_TOKEN_SECONDS", "is more than ENGINE_MODEL_TIMEOUT_SECONDS")
        }
        guard let limit else {
            warn("ENGINE_MODEL_URL does nothing with OPENAI_API_KEY, except for policy-assistant engine")
            return
        }
        if model.timeout >= limit, limit > .seconds(1) {
            fault(
                "ENGINE_MODEL_TIMEOUT_SECONDS",
                "has to be less than UPSTREAM_TIMEOUT_SECONDS (\(limit.components.seconds)), so that an answer that is late "
                    + "can still be replaced by a quotation"
            )
        }
    }
}
