public import FoundationEssentials

/// A message to send.
public struct OutgoingMessage: Sendable, Hashable {
    /// The number of this service.
    public var from: PhoneNumber
    /// The recipient.
    public var to: PhoneNumber
    /// The text, at most ``maximumCharacters``.
    public var body: String
    /// The URLs of media that the provider fetches.
    public var mediaURLs: [String]
    /// Where the provider reports the message's states.
    public var reportURL: String

    /// The longest text that providers accept.
    public static let maximumCharacters = 1600

    /// Creates a message.
    public init(from: PhoneNumber, to: PhoneNumber, body: String, mediaURLs: [String] = [], reportURL: String) {
        self.from = from
        self.to = to
        self.body = body
        self.mediaURLs = mediaURLs
        self.reportURL = reportURL
    }
}

/// A message that the provider has accepted.
public struct SentMessage: Sendable, Hashable {
    /// Its ID.
    public var id: String
    /// Its state.
    public var status: DeliveryStatus
    /// Its text, as the provider repeats it.
    public var body: String
    /// When it was accepted; nil if the provider does not say.
    public var acceptedAt: Date?

    /// Creates a message.
    public init(id: String, status: DeliveryStatus, body: String, acceptedAt: Date? = nil) {
        self.id = id
        self.status = status
        self.body = body
        self.acceptedAt = acceptedAt
    }
}
