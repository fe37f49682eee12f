public import FoundationEssentials
public import HTTPClient

/// A typed client of OpenAI's API, or of a server that speaks it.
///
/// A value: copies share the HTTP client, whose life is its owner's affair. Every call is cancellable, throws
/// ``OpenAIError``, and is made again as the configuration's ``RetryPolicy`` says; no other layer retries.
public struct OpenAIClient: Sendable {
    private let transport: Transport
    private let responseRequests: ResponseRequestEncoder

    /// Creates a client; makes no connection yet.
    ///
    /// - Parameters:
    ///   - configuration: How to reach the API and as whom.
    ///   - http: What carries the requests; not shut down by this client.
    ///   - clock: What waits between attempts and between polls.
    ///   - now: The time of day, for a `Retry-After` that names a date.
    ///   - randomness: Numbers from 0 to below 1, which spread the attempts of many clients.
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

    /// Returns a client like this one that makes calls again as another policy says.
    ///
    /// For calls that its caller repeats by itself, having looked what became of the first attempt.
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
    /// Answers of a model.
    public var responses: ResponsesAPI { ResponsesAPI(transport: transport, encoder: responseRequests) }
    /// Assistants, for servers that speak the older protocol.
    public var assistants: AssistantsAPI { AssistantsAPI(transport: transport) }
    /// The threads that assistants talk in.
    public var threads: ThreadsAPI { ThreadsAPI(transport: transport) }
    /// The messages of threads.
    public var messages: MessagesAPI { MessagesAPI(transport: transport) }
    /// The runs of assistants in threads.
    public var runs: RunsAPI { RunsAPI(transport: transport) }
    /// The models on offer.
    public var models: ModelsAPI { ModelsAPI(transport: transport) }
}
