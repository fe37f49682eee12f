public import FoundationEssentials
public import HTTPClient

/// A typed client of OpenAI's API, or of a compatible server.
///
/// ```swift
/// import HTTPClient
/// import OpenAI
///
/// let openAI = try OpenAIClient(configuration: OpenAIConfiguration(apiKey: "sk-…"), http: HTTPClient())
///
/// let file = try await openAI.files.upload(path: "assets/policies/leave.md", filename: "leave.md")
/// let store = try await openAI.vectorStores.create(name: "policies")
/// _ = try await openAI.vectorStores.attach(file.id, to: store.id)
/// _ = try await openAI.vectorStores.waitForFile(file.id, in: store.id, timeout: .seconds(60))
///
/// var request = ResponseRequest(model: "gpt-5-mini", input: [.user("How many days of leave do we have?")])
/// request.tools = [.fileSearch(FileSearchTool(vectorStoreIDs: [store.id]))]
/// for try await event in try await openAI.responses.stream(request) {
///     if case .outputTextDelta(let delta) = event { print(delta.text, terminator: "") }
/// }
/// ```
///
/// Of each resource that it covers, the client has every operation, also those that this product does not call: they
/// drive the embedded engine in tests as other clients do.
///
/// A value: copies share the HTTP client, which its owner shuts down. Every call can be cancelled, throws
/// ``OpenAIError``, and is retried as the configuration's ``RetryPolicy`` says; no other layer retries.
public struct OpenAIClient: Sendable {
    private let transport: Transport
    private let responseRequests: ResponseRequestEncoder

    /// Creates a client, without a connection yet.
    ///
    /// - Parameters:
    ///   - configuration: The API's address and the credentials.
    ///   - http: The HTTP client, which this client does not shut down.
    ///   - clock: The clock of pauses between attempts and between polls.
    ///   - now: The time of day, for a `Retry-After` header with a date.
    ///   - randomness: Returns numbers from 0 to below 1, for the jitter of retries.
    /// - Throws: ``OpenAIError`` with code `invalidConfiguration`.
    public init(
        configuration: OpenAIConfiguration,
        http: HTTPClient,
        clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Date = { Date.now },
        randomness: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) throws(OpenAIError) {
        transport = Transport(
            http: http,
            requests: try RequestBuilder(configuration: configuration),
            policy: configuration.retry,
            clock: clock,
            now: now,
            randomness: randomness,
            onAttempt: configuration.onAttempt
        )
        responseRequests = ResponseRequestEncoder()
    }

    private init(transport: Transport, responseRequests: ResponseRequestEncoder) {
        self.transport = transport
        self.responseRequests = responseRequests
    }

    /// Returns a client with another retry policy.
    ///
    /// For callers that repeat a call themselves, once they know what the first attempt did.
    public func retrying(_ policy: RetryPolicy) -> OpenAIClient {
        var transport = transport
        transport.policy = policy
        return OpenAIClient(transport: transport, responseRequests: responseRequests)
    }

    /// Uploaded files.
    public var files: FilesAPI { FilesAPI(transport: transport) }
    /// Vector stores, the files in them, and searching them.
    public var vectorStores: VectorStoresAPI { VectorStoresAPI(transport: transport) }
    /// Conversations and their items.
    public var conversations: ConversationsAPI { ConversationsAPI(transport: transport) }
    /// Responses of a model.
    public var responses: ResponsesAPI { ResponsesAPI(transport: transport, encoder: responseRequests) }
    /// Texts of a model, for which the server stores nothing.
    public var chatCompletions: ChatCompletionsAPI { ChatCompletionsAPI(transport: transport) }
    /// Continuations of texts.
    public var completions: CompletionsAPI { CompletionsAPI(transport: transport) }
    /// Speech in both directions.
    public var audio: AudioAPI { AudioAPI(transport: transport) }
    /// Images that a model makes.
    public var images: ImagesAPI { ImagesAPI(transport: transport) }
    /// Jobs that train models with examples.
    public var fineTuning: FineTuningAPI { FineTuningAPI(transport: transport) }
    /// Assistants, for servers with the Assistants API.
    public var assistants: AssistantsAPI { AssistantsAPI(transport: transport) }
    /// The threads of the Assistants API.
    public var threads: ThreadsAPI { ThreadsAPI(transport: transport) }
    /// The messages of threads.
    public var messages: MessagesAPI { MessagesAPI(transport: transport) }
    /// The runs of assistants in threads.
    public var runs: RunsAPI { RunsAPI(transport: transport) }
    /// The available models.
    public var models: ModelsAPI { ModelsAPI(transport: transport) }
}
