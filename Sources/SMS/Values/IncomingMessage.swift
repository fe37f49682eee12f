/// A message that a person has sent.
public struct IncomingMessage: Sendable, Hashable {
    /// The message's ID at the provider, the same in each repetition of the webhook.
    public var id: String
    /// The sender.
    public var from: PhoneNumber
    /// The number of this service that the person has texted.
    public var to: PhoneNumber
    /// The text; empty if the message has media only.
    public var body: String
    /// The media, which the provider keeps.
    public var media: [Media]

    /// A file that came with a message.
    public struct Media: Sendable, Hashable, Codable {
        /// Where the provider has it.
        public var url: String
        /// Its media type, as the provider says.
        public var contentType: String

        /// The largest file that is fetched; providers accept no larger ones.
        public static let maximumBytes = 5 << 20

        /// Creates a reference to a file.
        public init(url: String, contentType: String) {
            self.url = url
            self.contentType = contentType
        }
    }

    /// Creates a message.
    public init(id: String, from: PhoneNumber, to: PhoneNumber, body: String, media: [Media] = []) {
        self.id = id
        self.from = from
        self.to = to
        self.body = body
        self.media = media
    }
}
