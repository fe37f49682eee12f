public import HTTPClient
internal import HTTPTypes

/// A client of a server that generates text: `/v1/chat/completions` of OpenAI's API, as Ollama, vLLM, llama.cpp, LM Studio
/// and others have it.
///
/// ```swift
/// import ChatCompletions
/// import HTTPClient
///
/// let client = try ChatCompletionsClient(
///     configuration: .init(baseURL: "http://127.0.0.1:11434/v1", model: "llama3.2"),
///     http: try HTTPClient()
/// )
/// for try await event in try await client.stream([.init(.user, "What is HTTP?")], maximumTokens: 200) {
///     if case .text(let text) = event { print(text, terminator: "") }
/// }
/// ```
///
/// A request is sent once. The caller sets no timeout but that of the connection: it cancels its task.
public struct ChatCompletionsClient: Sendable {
    private let configuration: ChatCompletionsConfiguration
    private let url: ChatCompletionsURL
    private let http: HTTPClient

    /// Creates a client.
    ///
    /// - Throws: ``ChatCompletionError`` with the code `invalidConfiguration`.
    public init(configuration: ChatCompletionsConfiguration, http: HTTPClient) throws(ChatCompletionError) {
        try configuration.validate()
        self.configuration = configuration
        self.http = http
        url = try ChatCompletionsURL(configuration.baseURL)
    }

    /// The name of the model.
    public var model: String { configuration.model }

    /// Asks for a text, and returns when the server has begun its response.
    ///
    /// - Parameters:
    ///   - messages: The conversation, oldest first.
    ///   - maximumTokens: The most tokens of the text.
    /// - Returns: The text as it is generated.
    /// - Throws: ``ChatCompletionError``.
    public func stream(
        _ messages: [ChatCompletionMessage],
        maximumTokens: Int
    ) async throws(ChatCompletionError) -> ChatCompletionStream {
        let body = ChatCompletionRequest(
            model: configuration.model,
            messages: messages,
            maximumTokens: maximumTokens
        )
        let request = HTTPClientRequest(
            head,
            body: .bytes(try body.encoded()),
            timeouts: .init(connect: configuration.connectTimeout, total: nil, stall: nil),
            // Events are small and arrive one by one.
            readBufferSize: 2_048
        )
        let response: HTTPClientResponse
        do throws(HTTPClientError) {
            response = try await http.execute(request)
        } catch {
            throw ChatCompletionError(error)
        }
        guard response.head.status.kind == .successful else {
            throw ChatCompletionError(.refused, "status \(response.head.status.code)")
        }
        return try ChatCompletionStream(response)
    }

    private var head: HTTPRequest {
        var fields: HTTPFields = [.contentType: "application/json", .accept: "text/event-stream"]
        if let key = configuration.apiKey { fields[.authorization] = "Bearer \(key)" }
        return HTTPRequest(
            method: .post,
            scheme: url.scheme,
            authority: url.authority,
            path: url.path,
            headerFields: fields
        )
    }
}

extension ChatCompletionsClient: CustomReflectable {
    /// A mirror with the configuration's description only, so that `dump` does not print the key.
    public var customMirror: Mirror { Mirror(self, unlabeledChildren: ["\(configuration)"]) }
}
