/// Data that a response leaves out unless `include` requests it.
enum IncludeOption: String, Sendable, CaseIterable {
    case fileSearchResults = "file_search_call.results"
    case webSearchResults = "web_search_call.results"
    case webSearchSources = "web_search_call.action.sources"
    case inputImageURL = "message.input_image.image_url"
    case computerOutputImageURL = "computer_call_output.output.image_url"
    case codeInterpreterOutputs = "code_interpreter_call.outputs"
    case encryptedReasoning = "reasoning.encrypted_content"
    case logProbabilities = "message.output_text.logprobs"

    /// Reads the names in a request; the engine has data for the first option only.
    static func set(of names: [String]) throws(APIError) -> Set<IncludeOption> {
        var set: Set<IncludeOption> = []
        for name in names {
            guard let option = IncludeOption(rawValue: name) else {
                throw .notOneOf("include", got: name, allowed: allCases.map(\.rawValue))
            }
            set.insert(option)
        }
        return set
    }
}
