/// A line of a file of messages, in one of its three forms.
enum FileLine: Hashable {
    /// A message of a conversation.
    case message(Message, isPersons: Bool)
    /// A prompt and its completion.
    case promptCompletion(prompt: String, completion: String)
    /// The messages of a chat, each with its role.
    case chat([ChatMessage])

    /// A message of a chat.
    struct ChatMessage: Hashable {
        let role: String
        let content: String
    }

    /// Reads a line.
    ///
    /// - Throws: ``ExportError`` with the code `malformed` for a line of another form.
    init(_ bytes: [UInt8], at position: ExportError.Position) throws(ExportError) {
        let file = ExportFile(name: position.file, bytes: bytes)
        var reader = JSONReader(ByteReader(file, line: position.line, offset: position.offset ?? 0))
        var fields = Fields()
        try reader.forEachField { name, reader throws(ExportError) in try fields.read(name, &reader) }
        try reader.end()
        guard let line = fields.line else {
            throw ExportError(
                .malformed,
                "The line has neither sender_name and content, nor prompt and completion, nor messages.",
                at: position
            )
        }
        self = line
    }

    private struct Fields {
        var texts: [String: String] = [:]
        var milliseconds: Int64?
        var messages: [ChatMessage]?

        mutating func read(_ name: String, _ reader: inout JSONReader) throws(ExportError) {
            switch name {
            case "timestamp_ms": milliseconds = try reader.integerIfAny()
            case "messages" where try reader.isAt("["): messages = try Self.messages(&reader)
            default: texts[name] = try reader.textIfAny()
            }
        }

        private static func messages(_ reader: inout JSONReader) throws(ExportError) -> [ChatMessage] {
            var messages: [ChatMessage] = []
            try reader.forEachElement { reader throws(ExportError) in
                var fields = Fields()
                try reader.forEachField { name, reader throws(ExportError) in try fields.read(name, &reader) }
                messages.append(
                    ChatMessage(role: fields.texts["role"] ?? "", content: fields.texts["content"] ?? "")
                )
            }
            return messages
        }

        var line: FileLine? {
            if let messages { return .chat(messages) }
            if let prompt = texts["prompt"], let completion = texts["completion"] {
                return .promptCompletion(prompt: prompt, completion: completion)
            }
            let role = texts["role"]
            guard let content = texts["content"] ?? texts["text"],
                let sender = texts["sender_name"] ?? texts["sender"] ?? role
            else { return nil }
            let message = Message(sender: sender, text: content, milliseconds: milliseconds)
            return .message(message, isPersons: role == "assistant")
        }
    }
}
