import JSON
import Synchronization

/// The fields of a response to create.
///
/// A field that is nil is not sent.
public struct ResponseRequest: Sendable, Hashable {
    /// The model's ID.
    public var model: String
    /// The messages to answer.
    public var input: [InputMessage]
    /// The ID of the conversation to continue; the API adds input and output to it once the response is complete.
    public var conversation: String?
    /// The instructions to the model, for this response only.
    public var instructions: String?
    /// The tools that the model may use.
    public var tools: [ResponseTool]?
    /// Whether the model uses its tools.
    public var toolChoice: ToolChoice?
    /// The parts of the response that the API returns only on request.
    public var include: [Include]?
    /// The reasoning effort, such as `none`, `low` or `medium`; models differ in which values they accept.
    public var reasoningEffort: String?
    /// How long answers are: `low`, `medium` or `high`; some models refuse it.
    public var verbosity: String?
    /// How much chance there is in the choice of words, from 0 to 2; some models refuse it.
    public var temperature: Double?
    /// The share of likely words that are chosen from, from 0 to 1; some models refuse it.
    public var topP: Double?
    /// How many tokens the model may write, reasoning included; at least 16.
    public var maximumOutputTokens: Int?
    /// Whether the API stores the response; required with conversations.
    public var store: Bool?
    /// The response's metadata: at most 16 pairs.
    public var metadata: [String: String]?
    /// A stable pseudonym of the user: at most 64 characters.
    public var safetyIdentifier: String?
    /// The key of the prompt cache, the same for requests with a common prefix.
    public var promptCacheKey: String?

    /// Creates a request; the other fields are set on the value.
    ///
    /// - Parameters:
    ///   - model: The model's ID.
    ///   - input: The messages to answer.
    ///   - conversation: The ID of the conversation to continue.
    ///   - instructions: The instructions to the model.
    public init(model: String, input: [InputMessage], conversation: String? = nil, instructions: String? = nil) {
        self.model = model
        self.input = input
        self.conversation = conversation
        self.instructions = instructions
    }
}

/// Encodes requests as JSON; the fields that consecutive requests have in common are encoded once.
///
/// Instructions and tools are most of a request, and the same in thousands of them.
final class ResponseRequestEncoder: Sendable {
    private let last = Mutex<(fields: CommonFields, json: [UInt8])?>(nil)

    /// Encodes a request, for a response as a whole or as a stream of events.
    func encode(_ request: ResponseRequest, isStreamed: Bool) throws(OpenAIError) -> [UInt8] {
        let common = try json(of: CommonFields(request))
        var json = JSONWriter(capacity: common.count + request.input.reduce(512) { $0 + 2 * $1.content.utf8.count })
        json.writeObject { json in
            json.writeField("conversation", request.conversation)
            json.writeName("input")
            json.writeArray(request.input) { message, json in
                json.writeObject { json in
                    json.writeField("content", message.content)
                    json.writeField("role", message.role.rawValue)
                }
            }
            json.writeField("safety_identifier", request.safetyIdentifier)
            if isStreamed {
                json.writeField("stream", true)
                // Padding against the analysis of packet sizes doubles the bytes.
                json.writeName("stream_options")
                json.writeObject { $0.writeField("include_obfuscation", false) }
            }
            // The object of the common fields without its braces, which has a model at least.
            json.write(json: common.dropFirst().dropLast())
        }
        return json.bytes
    }

    private func json(of fields: CommonFields) throws(OpenAIError) -> [UInt8] {
        if let last = last.withLock(\.self), last.fields == fields { return last.json }
        let json = try WireJSON.encode(fields)
        last.withLock { $0 = (fields, json) }
        return json
    }
}

/// The fields that requests have in common.
private struct CommonFields: Equatable, Encodable {
    private let request: ResponseRequest

    init(_ request: ResponseRequest) {
        var request = request
        (request.input, request.conversation, request.safetyIdentifier) = ([], nil, nil)
        self.request = request
    }

    private enum CodingKeys: String, CodingKey {
        case model, instructions, tools, include, reasoning, store, metadata, text, temperature
        case topP = "top_p"
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
        try fields.encodeIfPresent(request.verbosity.map { ["verbosity": $0] }, forKey: .text)
        try fields.encodeIfPresent(request.temperature, forKey: .temperature)
        try fields.encodeIfPresent(request.topP, forKey: .topP)
        try fields.encodeIfPresent(request.maximumOutputTokens, forKey: .maximumOutputTokens)
        try fields.encodeIfPresent(request.store, forKey: .store)
        try fields.encodeIfPresent(request.metadata, forKey: .metadata)
        try fields.encodeIfPresent(request.promptCacheKey, forKey: .promptCacheKey)
    }
}
