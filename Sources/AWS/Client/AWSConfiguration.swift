public import HTTPClient

/// The region, the credentials and the limits of calls of AWS.
public struct AWSConfiguration: Sendable {
    /// The region, such as `eu-central-1`.
    public var region: String
    /// The credentials.
    public var credentials: AWSCredentialsProvider
    /// The base URL of Polly, for VPC endpoints and stand-ins; nil for the region's public one.
    public var pollyURL: String?
    /// The base URL of Transcribe's streaming API, which has to be https, as for ``pollyURL``.
    public var transcribeURL: String?
    /// When a call is retried.
    public var retry: AWSRetryPolicy
    /// The timeouts of one attempt; the total one does not apply to a transcription, which takes as long as the recording.
    public var timeouts: HTTPClientRequest.Timeouts
    /// The `User-Agent` header.
    public var userAgent: String

    /// Creates a configuration.
    ///
    /// - Parameters:
    ///   - region: The region.
    ///   - credentials: The credentials.
    ///   - pollyURL: The base URL of Polly.
    ///   - transcribeURL: The base URL of Transcribe's streaming API.
    ///   - retry: When a call is retried.
    ///   - timeouts: The timeouts of one attempt.
    ///   - userAgent: The `User-Agent` header.
    public init(
        region: String,
        credentials: AWSCredentialsProvider,
        pollyURL: String? = nil,
        transcribeURL: String? = nil,
        retry: AWSRetryPolicy = AWSRetryPolicy(),
        timeouts: HTTPClientRequest.Timeouts = .init(total: .seconds(60), stall: .seconds(15)),
        userAgent: String = "policy-assistant/1.0"
    ) {
        self.region = region
        self.credentials = credentials
        self.pollyURL = pollyURL
        self.transcribeURL = transcribeURL
        self.retry = retry
        self.timeouts = timeouts
        self.userAgent = userAgent
    }
}

/// When a call is retried: a few times, after pauses that double.
public struct AWSRetryPolicy: Sendable, Hashable {
    /// The maximum number of retries.
    public var maximumRetries: Int
    /// The longest first pause after another failure than throttling.
    public var firstDelay: Duration
    /// The longest first pause after throttling.
    public var firstThrottledDelay: Duration
    /// The longest pause.
    public var longestDelay: Duration

    /// Creates a policy.
    ///
    /// - Parameters:
    ///   - maximumRetries: The maximum number of retries.
    ///   - firstDelay: The longest first pause.
    ///   - firstThrottledDelay: The longest first pause after throttling.
    ///   - longestDelay: The longest pause.
    public init(
        maximumRetries: Int = 3,
        firstDelay: Duration = .milliseconds(100),
        firstThrottledDelay: Duration = .milliseconds(500),
        longestDelay: Duration = .seconds(5)
    ) {
        self.maximumRetries = maximumRetries
        self.firstDelay = firstDelay
        self.firstThrottledDelay = firstThrottledDelay
        self.longestDelay = longestDelay
    }

    /// The pause before the next attempt, between half and all of the longest one by a number from 0 to below 1; nil for no
    /// other attempt.
    func delay(after retries: Int, _ error: AWSError, randomness: Double) -> Duration? {
        guard error.isTransient, retries < maximumRetries else { return nil }
        let first = error.code == .throttled ? firstThrottledDelay : firstDelay
        // With 2¹⁶ every pause is the longest one.
        return min(first * (1 << min(retries, 16)), longestDelay) * (0.5 + 0.5 * randomness)
    }
}
