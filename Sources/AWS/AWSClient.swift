public import FoundationEssentials
public import HTTPClient

/// A client of the services of AWS that speak and hear: Polly and Transcribe.
///
/// ```swift
/// import AWS
/// import Foundation
/// import HTTPClient
///
/// let credentials = try AWSCredentialsProvider(environment: ProcessInfo.processInfo.environment)
/// let aws = try AWSClient(
///     configuration: AWSConfiguration(region: "eu-central-1", credentials: credentials),
///     http: HTTPClient()
/// )
/// let speech = try await aws.polly.speech(PollySpeechRequest(text: "Good morning.", voice: "Joanna"))
/// for try await piece in speech { print(piece.count) }
/// ```
///
/// A value: copies share the HTTP client, which its owner shuts down. Every call can be cancelled, throws ``AWSError``, and is
/// retried as the configuration's ``AWSRetryPolicy`` says; no other layer retries.
public struct AWSClient: Sendable {
    /// Speech of text.
    public let polly: PollyAPI
    /// Text of speech.
    public let transcribe: TranscribeAPI
    /// Where the credentials come from, in a few words: `the environment`, for example.
    public let credentialsSource: String

    /// Creates a client, without a connection yet.
    ///
    /// - Parameters:
    ///   - configuration: The region and the credentials.
    ///   - http: The HTTP client.
    ///   - clock: The clock of pauses between attempts, and of the pace at which audio is sent.
    ///   - now: The time of day, for signatures.
    ///   - randomness: Returns numbers from 0 to below 1, for the jitter of retries.
    /// - Throws: ``AWSError`` with code `invalidRequest` if the region or an address is invalid.
    public init(
        configuration: AWSConfiguration,
        http: HTTPClient,
        clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Date = { Date.now },
        randomness: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) throws(AWSError) {
        let transport = AWSTransport(
            http: http,
            configuration: configuration,
            clock: clock,
            now: now,
            randomness: randomness
        )
        credentialsSource = configuration.credentials.source
        polly = PollyAPI(
            transport: transport,
            endpoint: try ServiceEndpoint(
                host: "polly",
                signingName: "polly",
                region: configuration.region,
                baseURL: configuration.pollyURL
            )
        )
        transcribe = TranscribeAPI(
            transport: transport,
            endpoint: try TranscribeAPI.endpoint(configuration)
        )
    }
}
