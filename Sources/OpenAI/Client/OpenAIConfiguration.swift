public import HTTPClient

/// How to reach an API and as whom.
public struct OpenAIConfiguration: Sendable {
    /// Where the API is served, such as `https://api.openai.com/v1`; checked when a client is made.
    public var baseURL: String
    /// The key that every request carries.
    ///
    /// A secret: the configuration's description hides it.
    public var apiKey: String
    /// The organization to bill, for keys that belong to several.
    public var organization: String?
    /// The project to bill, for keys that belong to several.
    public var project: String?
    /// The Unix socket to connect to, instead of the base URL's host.
    public var unixSocketPath: String?
    /// When a call is made once more.
    public var retry: RetryPolicy
    /// How long one attempt may take.
    ///
    /// Streams have no total limit, but stall like the rest.
    public var timeouts: HTTPClientRequest.Timeouts
    /// What we call ourselves.
    public var userAgent: String
    /// Told of every attempt at a call, from whichever task makes it; it must not block.
    public var onAttempt: (@Sendable (OpenAIAttempt) -> Void)?

    /// Creates a configuration.
    ///
    /// - Parameters:
    ///   - baseURL: Where the API is served.
    ///   - apiKey: The key that every request carries.
    ///   - organization: The organization to bill.
    ///   - project: The project to bill.
    ///   - unixSocketPath: The Unix socket to connect to, instead of the base URL's host.
    ///   - retry: When a call is made once more.
    ///   - timeouts: How long one attempt may take.
    ///   - userAgent: What we call ourselves.
    ///   - onAttempt: Told of every attempt at a call.
    public init(
        baseURL: String = "https://api.openai.com/v1",
        apiKey: String,
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
        self.organization = organization
        self.project = project
        self.unixSocketPath = unixSocketPath
        self.retry = retry
        self.timeouts = timeouts
        self.userAgent = userAgent
        self.onAttempt = onAttempt
    }

    /// Whether keys, questions and answers would cross a network unencrypted; false also for a base URL that is none.
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

    /// Shows nothing, so that no dump shows the secret.
    public var customMirror: Mirror {
        Mirror(self, children: [])
    }
}
