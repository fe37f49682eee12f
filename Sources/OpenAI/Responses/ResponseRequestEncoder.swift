import Synchronization

/// Makes the JSON of requests; what many have in common is encoded once.
///
/// Instructions and tools are most of a request, and the same in thousands of them.
final class ResponseRequestEncoder: Sendable {
    private let last = Mutex<(fields: CommonFields, json: [UInt8])?>(nil)

    /// Encodes a request, whose answer may be wanted as a stream of events.
    func encode(_ request: ResponseRequest, isStreamed: Bool) throws(OpenAIError) -> [UInt8] {
        let own = try WireJSON.encode(OwnFields(request: request, isStreamed: isStreamed))
        // Neither object is empty: there is always an input, and a model.
        return own.dropLast() + [UInt8(ascii: ",")] + (try json(of: CommonFields(request))).dropFirst()
    }

    private func json(of fields: CommonFields) throws(OpenAIError) -> [UInt8] {
        if let last = last.withLock(\.self), last.fields == fields { return last.json }
        let json = try WireJSON.encode(fields)
        last.withLock { $0 = (fields, json) }
        return json
    }
}

/// What differs from request to request.
private struct OwnFields: Encodable {
    let request: ResponseRequest
    let isStreamed: Bool

    private enum CodingKeys: String, CodingKey {
        case input, conversation, stream
        case safetyIdentifier = "safety_identifier"
        case streamOptions = "stream_options"
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(request.input, forKey: .input)
        try fields.encodeIfPresent(request.conversation, forKey: .conversation)
        try fields.encodeIfPresent(request.safetyIdentifier, forKey: .safetyIdentifier)
        guard isStreamed else { return }
        try fields.encode(true, forKey: .stream)
        // Padding against eavesdroppers who measure packets; it doubles the bytes and is nothing that TLS to a service
        // needs.
        try fields.encode(["include_obfuscation": false], forKey: .streamOptions)
    }
}

/// What requests have in common.
private struct CommonFields: Equatable, Encodable {
    private let request: ResponseRequest

    init(_ request: ResponseRequest) {
        var request = request
        (request.input, request.conversation, request.safetyIdentifier) = ([], nil, nil)
        self.request = request
    }

    private enum CodingKeys: String, CodingKey {
        case model, instructions, tools, include, reasoning, store, metadata
        case toolChoice = "tool_choice"
        case maximumOutputTokens = "max_output_tokens"
        case promptCacheKey = "prompt_cache_key"
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(request.model, forKey: .model)
        try fields.encodeIfPresent(request.instructions, forKey: .instructions)
        try fields.encodeIfPresent(request.tools, forKey: .tools)
        try fields.encodeIfPresent(request.toolChoice, forKey: .toolChoice)
        try fields.encodeIfPresent(request.include?.map(\.rawValue), forKey: .include)
        try fields.encodeIfPresent(request.reasoningEffort.map { ["effort": $0] }, forKey: .reasoning)
        try fields.encodeIfPresent(request.maximumOutputTokens, forKey: .maximumOutputTokens)
        try fields.encodeIfPresent(request.store, forKey: .store)
        try fields.encodeIfPresent(request.metadata, forKey: .metadata)
        try fields.encodeIfPresent(request.promptCacheKey, forKey: .promptCacheKey)
    }
}
