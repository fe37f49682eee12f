public import FoundationEssentials

/// A provider of text messages: its webhooks and its calls.
public protocol SMSProvider: Sendable {
    /// The name in routes, settings and logs.
    var name: String { get }

    /// The response to a webhook whose message was taken: its content type and its body.
    var acknowledgement: (contentType: String, body: String) { get }

    /// Whether the provider can delete the text and the files of a message and keep the rest.
    var canRedact: Bool { get }

    /// Verifies that the provider has sent a request, to this address, for this account.
    ///
    /// - Throws: ``WebhookRefusal``.
    func verify(_ request: WebhookRequest, at address: PublicAddress, now: Date) throws(WebhookRefusal)

    /// Reads a verified request.
    ///
    /// - Throws: ``WebhookRefusal/malformed`` or ``WebhookRefusal/incomplete(_:)``.
    func event(in request: WebhookRequest) throws(WebhookRefusal) -> WebhookEvent

    /// Returns a request with a message as the provider would send it to a path of this server, signed; nil if only the
    /// provider can sign.
    func signedSample(to target: String, at address: PublicAddress) -> WebhookRequest?

    /// Sends a message. A repetition sends it again.
    ///
    /// - Throws: ``SendingError``.
    func send(_ message: OutgoingMessage) async throws(SendingError) -> SentMessage

    /// Lists the messages that were sent from a number to another since a time; nil if the provider has no such list.
    ///
    /// - Throws: ``SendingError``.
    func sent(from: PhoneNumber, to: PhoneNumber, since: Date) async throws(SendingError) -> [SentMessage]?

    /// Lists the messages that have arrived since a time, oldest first; nil if the provider has no such list.
    ///
    /// - Throws: ``SendingError``.
    func received(since: Date) async throws(SendingError) -> [IncomingMessage]?

    /// Fetches a file that came with a message, from the provider's hosts only.
    ///
    /// - Returns: The content, of at most ``IncomingMessage/Media/maximumBytes``.
    /// - Throws: ``SendingError``, with the effect `rejected` for a file that is too large, gone, or not at the provider.
    func file(_ media: IncomingMessage.Media) async throws(SendingError) -> [UInt8]

    /// Deletes the text and the files of a message at the provider; does nothing without ``canRedact``, or if there is no
    /// such message.
    ///
    /// - Throws: ``SendingError``.
    func redact(_ id: String) async throws(SendingError)
}
