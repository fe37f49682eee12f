/// The fields of a message in a Messenger export.
struct MessengerMessage {
    private var sender: String?
    private var milliseconds: Int64?
    private var text: String?
    private var type: String?
    private var isUnsent = false
    private var hasMedia = false

    /// Reads a message.
    init(from reader: inout JSONReader) throws(ExportError) {
        var message = Self()
        try reader.forEachField { name, reader throws(ExportError) in
            switch name {
            case "sender_name", "senderName": message.sender = try reader.textIfAny()
            case "timestamp_ms", "timestamp": message.milliseconds = try reader.integerIfAny()
            case "content", "text": message.text = try reader.textIfAny()
            case "type": message.type = try reader.textIfAny()
            case "is_unsent", "isUnsent": message.isUnsent = try reader.isTrue()
            case "photos", "videos", "gifs", "audio_files", "files", "sticker", "media":
                if try reader.isPresent() { message.hasMedia = true }
            default: try reader.skipValue()
            }
        }
        self = message
    }

    private init() {}

    /// Returns the message, or why it is left out.
    ///
    /// - Throws: ``ExportError`` where a message that counts has no sender or no time.
    func outcome(at position: ExportError.Position) throws(ExportError) -> MessageOutcome {
        if hasMedia { return .leftOut(.media) }
        if type == "Call" { return .leftOut(.call) }
        if isUnsent { return .leftOut(.unsent) }
        if type == "Subscribe" || type == "Unsubscribe" { return .leftOut(.notice) }
        let text = MisencodedText.repaired(text ?? "").trimmingBlanks()
        if text.isEmpty { return .leftOut(.noText) }
        if Self.tellsOfReaction(text) { return .leftOut(.reaction) }
        guard let sender, let milliseconds else {
            throw ExportError(
                .malformed,
                "A message begins here without \(sender == nil ? "its sender" : "the time at which it was sent").",
                at: position
            )
        }
        return .kept(Message(sender: MisencodedText.repaired(sender), text: text, milliseconds: milliseconds))
    }

    /// Whether a text is Messenger's own about a reaction, such as `Reacted 😂 to your message`.
    private static func tellsOfReaction(_ text: String) -> Bool {
        text.contains("Reacted ") && text.contains(" to your message") || text.contains(" auf deine Nachricht reagiert")
    }
}
