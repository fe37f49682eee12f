public import HTTPClient

/// An API's address, the credentials, and the limits of its calls.
public struct OpenAIConfiguration: Sendable {
    /// The API's base URL, such as `https://api.openai.com/v1`; validated when a client is created.
    public var baseURL: String
    /// The API key, a secret that the configuration's description hides; nil for a server that requires none.
    public var apiKey: String?
    /// The header that has the key, such as `api-key`; nil for `Authorization`, where the key is a bearer token.
    public var apiKeyHeader: String?
    /// The organization to bill, for keys that belong to several.
    public var organization: String?
    /// The project to bill, for keys that belong to several.
    public var project: String?
    /// The Unix socket to connect to, instead of the base URL's host.
    public var unixSocketPath: String?
    /// When a call is retried.
    public var retry: RetryPolicy
    /// The timeouts of one attempt; the total timeout does not apply to streams.
    public var timeouts: HTTPClientRequest.Timeouts
    /// The `User-Agent` header.
    public var userAgent: String
    /// Called after every attempt, on the task that made it; must not block.
    public var onAttempt: (@Sendable (OpenAIAttempt) -> Void)?

    /// Creates a configuration.
    ///
    /// - Parameters:
    ///   - baseURL: The API's base URL.
    ///   - apiKey: The API key; nil for a server that requires none.
    ///   - apiKeyHeader: The header that has the key; nil for `Authorization`.
    ///   - organization: The organization to bill.
    ///   - project: The project to bill.
    ///   - unixSocketPath: The Unix socket to connect to, instead of the base URL's host.
    ///   - retry: When a call is retried.
    ///   - timeouts: The timeouts of one attempt.
    ///   - userAgent: The `User-Agent` header.
    ///   - onAttempt: Called after every attempt.
    public init(
        baseURL: String = "https://api.openai.com/v1",
        apiKey: String?,
        apiKeyHeader: String? = nil,
        organization: String? = nil,
        project: String? = nil,
        unixSocketPath: String? = nil,
        retry: RetryPolicy = RetryPolicy(),
        timeouts: HTTPClientRequest.Timeouts = .init(),
        userAgent: String = "policy-assistant/1.0",
        onAttempt: (@Sendable (OpenAIAttempt) -> Void)? = nil
    ) {
        self.baseURL = baseURL
        self.apiKey = apiKey
        self.apiKeyHeader = apiKeyHeader
        self.organization = organization
        self.project = project
        self.unixSocketPath = unixSocketPath
        self.retry = retry
        self.timeouts = timeouts
        self.userAgent = userAgent
        self.onAttempt = onAttempt
    }

    /// Whether keys, questions and answers would cross a network unencrypted; false for an invalid base URL.
    public var isPlaintextRemote: Bool {
        guard unixSocketPath == nil, let url = try? OpenAIBaseURL(baseURL) else { return false }
        return url.scheme == "http" && !url.isLoopback
    }
}

extension OpenAIConfiguration: CustomStringConvertible, CustomReflectable {
    /// The configuration without its secret.
    public var description: String {
        "OpenAIConfiguration(\(unixSocketPath == nil ? "network" : "Unix socket"), key hidden)"
    }

    /// An empty mirror, so that no dump shows the secret.
    public var customMirror: Mirror {
        Mirror(self, children: [])
    }
}

/// One attempt at a call, for metrics: it identifies neither users nor objects.
public struct OpenAIAttempt: Sendable, Hashable {
    /// The method, and the path without IDs, such as `POST vector_stores/{id}/files`.
    public let operation: String
    /// The error's code; nil if the attempt succeeded.
    public let failure: OpenAIError.Code?
    /// The time until the response was read, or, of a stream, until it began.
    public let duration: Duration

    /// Creates the record of an attempt.
    public init(operation: String, failure: OpenAIError.Code?, duration: Duration) {
        self.operation = operation
        self.failure = failure
        self.duration = duration
    }
}
