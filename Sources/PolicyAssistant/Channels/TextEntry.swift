internal import FoundationEssentials
internal import SMS

/// A message in the queue.
///
/// Its numbers are those of the message that arrived, in each stage: `from` is the person, `to` is the service. Sending swaps
/// them.
struct TextEntry: Sendable, Hashable, Codable {
    /// The provider's ID of the message that arrived; one ID finds all stages in the log.
    var conversationId: String
    /// The number that the person has texted.
    var to: String
    /// The person's number.
    var from: String
    /// The question, and later the answer.
    var body: String
    /// The stage that wrote the entry.
    var lambda: String
    /// The description of an image that is to be made for the answer.
    var imagePrompt: String?
    /// An image to send with the answer.
    var imageUrl: String?
    /// The files that came with the question.
    var media: [IncomingMessage.Media]?
    /// The user whose question it is, once that is known.
    var user: String?
    /// Whether the text confirms that the person gets no more, so that it is sent although the person has opted out.
    var confirmsStop: Bool?
    /// The number of times that the carrier lost the answer and it was sent again.
    var repetition: Int?
    /// When the entry is due, in seconds since 1970; nil for at once.
    var dueAt: Int?

    /// The provider's ID of a message whose text is to be deleted there; such an entry sends nothing.
    var redaction: String?

    /// The stages that write entries, by their names in the log.
    enum Stage: String {
        case receiving = "ReceiveSMS"
        case answering = "QueryGPT"
        case images = "ImageProcessor"
        case sending = "SendSMS"
    }

    init(_ message: IncomingMessage) {
        conversationId = message.id
        to = message.to.value
        from = message.from.value
        body = message.body
        lambda = Stage.receiving.rawValue
        media = message.media.isEmpty ? nil : message.media
    }

    /// Creates an entry that deletes the text of a message at the provider.
    init(redacting id: String) {
        (conversationId, to, from, body, redaction) = (id, "", "", "", id)
        lambda = Stage.sending.rawValue
    }

    /// Returns the entry with an answer in place of the question.
    func answered(_ text: String, for user: UserID? = nil, by stage: Stage = .answering) -> TextEntry {
        var entry = self
        entry.body = text
        entry.lambda = stage.rawValue
        entry.media = nil
        entry.user = user?.value ?? self.user
        return entry
    }

    /// Returns the entry as the stage that makes images hands it over.
    ///
    /// - Parameter url: The link to the image; nil without an image.
    /// - Returns: The entry.
    func afterImages(with url: String? = nil) -> TextEntry {
        var entry = self
        (entry.imagePrompt, entry.imageUrl, entry.lambda) = (nil, url, Stage.images.rawValue)
        return entry
    }

    /// Reads an entry; nil for another text.
    init?(json: String) {
        guard let entry = try? JSONDecoder().decode(Self.self, from: Data(json.utf8)) else { return nil }
        self = entry
    }

    /// The entry as JSON.
    var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// The person's number and the service's; nil if one is no number, which no provider's message has.
    var numbers: (person: PhoneNumber, service: PhoneNumber)? {
        guard let person = PhoneNumber(from), let service = PhoneNumber(to) else { return nil }
        return (person, service)
    }
}
