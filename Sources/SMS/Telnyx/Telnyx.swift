public import FoundationEssentials
public import HTTPClient
internal import Crypto
internal import HTTPTypes

/// Telnyx's messaging API, version 2.
///
/// It has no list of messages and no way to delete a text: what happened to a call without a response is known by its reports
/// alone.
public struct Telnyx: SMSProvider {
    /// The credentials.
    public struct Configuration: Sendable {
        /// The API key, a secret.
        public var apiKey: String
        /// The public key of the account's webhooks, 32 bytes in base64.
        public var publicKey: String
        /// The base URL of the API, without a slash at its end.
        public var baseURL: String

        /// The API's own base URL.
        public static let defaultBaseURL = "https://api.telnyx.com"

        /// Creates a configuration.
        public init(apiKey: String, publicKey: String, baseURL: String = defaultBaseURL) {
            self.apiKey = apiKey
            self.publicKey = publicKey
            self.baseURL = baseURL
        }

        /// Whether the public key can verify signatures.
        public var hasValidPublicKey: Bool { signingKey != nil }

        fileprivate var signingKey: Curve25519.Signing.PublicKey? {
            Data(base64Encoded: publicKey).flatMap { try? Curve25519.Signing.PublicKey(rawRepresentation: $0) }
        }
    }

    /// The name in routes, settings and logs.
    public let name = "telnyx"
    /// An empty object; Telnyx reads the status only.
    public let acknowledgement = (contentType: "application/json", body: "{}")
    /// Telnyx has no call that deletes a text.
    public let canRedact = false

    /// The largest difference between a signature's time and ours.
    static let tolerance = 300.0

    private let publicKey: Curve25519.Signing.PublicKey?
    private let calls: ProviderCalls
    private let downloads: MediaDownloads

    /// The domains of the links that Telnyx gives for files, which are signed and end after a while.
    private static let mediaDomains = ["telnyx.com", "telnyxcloudstorage.com"]

    /// Creates the provider.
    ///
    /// - Parameters:
    ///   - configuration: The credentials. Without a valid public key every webhook is refused.
    ///   - http: Performs the calls.
    public init(_ configuration: Configuration, http: HTTPClient) {
        publicKey = configuration.signingKey
        let authorization = "Bearer \(configuration.apiKey)"
        calls = ProviderCalls(http: http, baseURL: configuration.baseURL, authorization: authorization)
        downloads = MediaDownloads(
            http: http,
            baseURL: configuration.baseURL,
            authorization: nil,
            domains: Self.mediaDomains
        )
    }

    private static let signature = HTTPField.Name(verified: "telnyx-signature-ed25519")
    private static let timestamp = HTTPField.Name(verified: "telnyx-timestamp")

    /// Verifies the Ed25519 signature of `timestamp|body`, and that it is at most five minutes old.
    ///
    /// The account is that of the public key.
    public func verify(_ request: WebhookRequest, at address: PublicAddress, now: Date) throws(WebhookRefusal) {
        guard let publicKey, let time = request.headers[Self.timestamp], let seconds = Int(time),
            abs(now.timeIntervalSince1970 - Double(seconds)) <= Self.tolerance,
            let signature = request.headers[Self.signature].flatMap({ Data(base64Encoded: $0) }),
            publicKey.isValidSignature(signature, for: Array("\(time)|".utf8) + request.body)
        else { throw .forged }
    }

    /// Reads a webhook.
    public func event(in request: WebhookRequest) throws(WebhookRefusal) -> WebhookEvent {
        guard let event = try? JSONDecoder().decode(TelnyxEvent.self, from: Data(request.body)) else {
            throw .malformed
        }
        return try event.event
    }

    /// Only Telnyx has the private key.
    public func signedSample(to target: String, at address: PublicAddress) -> WebhookRequest? { nil }

    /// Sends a message: `POST /v2/messages`.
    public func send(_ message: OutgoingMessage) async throws(SendingError) -> SentMessage {
        let body = TelnyxMessage(
            from: message.from.value,
            to: message.to.value,
            text: message.body.isEmpty ? nil : message.body,
            mediaURLs: message.mediaURLs.isEmpty ? nil : message.mediaURLs,
            webhookURL: message.reportURL
        )
        let accepted = try await calls.value(.post, "/v2/messages", json: body, as: Accepted.self)
        return SentMessage(id: accepted.data.id, status: .queued, body: message.body)
    }

    /// Returns nil: Telnyx has no list of messages by number.
    public func sent(from: PhoneNumber, to: PhoneNumber, since: Date) async throws(SendingError) -> [SentMessage]? {
        nil
    }

    /// Returns nil: Telnyx has no list of messages by number.
    public func received(since: Date) async throws(SendingError) -> [IncomingMessage]? { nil }

    /// Fetches a file by its signed link, without credentials.
    public func file(_ media: IncomingMessage.Media) async throws(SendingError) -> [UInt8] {
        try await downloads.file(at: media.url, upTo: IncomingMessage.Media.maximumBytes)
    }

    /// Does nothing.
    public func redact(_ id: String) async throws(SendingError) {}

    private struct Accepted: Decodable {
        let data: Data

        struct Data: Decodable {
            let id: String
        }
    }
}
