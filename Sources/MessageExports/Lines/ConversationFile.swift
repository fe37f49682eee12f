/// A conversation as JSON lines, the form between an import and an export.
///
/// Each line has the sender's name, the text, and whether the sender is the person who is to be imitated:
///
/// ```json
/// {"role": "user", "sender_name": "Ana", "content": "Are you coming?"}
/// {"role": "assistant", "sender_name": "Ben", "content": "In ten minutes."}
/// ```
public struct ConversationFile: Sendable {
    /// The messages.
    public let list: MessageList
    /// The person whose lines have the role `assistant`; nil if no line has it.
    public let person: String?

    /// Reads a file.
    ///
    /// Fields other than `sender_name` and `content` may be absent; with `timestamp_ms` in every line the messages are
    /// sorted by it.
    ///
    /// - Parameter file: The file.
    /// - Throws: ``ExportError`` with the line.
    public init(_ file: ExportFile) throws(ExportError) {
        var list = MessageList()
        var person: String?
        var bytes = ByteReader(file)
        while let (line, position) = try bytes.nextLine() {
            guard !line.allSatisfy(\.isJSONBlank) else { continue }
            guard case .message(let message, let isPersons) = try FileLine(line, at: position) else {
                throw ExportError(
                    .malformed,
                    "The line is an example for training, not a message of a conversation with sender_name and content.",
                    at: position
                )
            }
            if isPersons {
                guard person == nil || person == message.sender else {
                    throw ExportError(
                        .malformed,
                        "The role assistant is that of one person, but both \(person ?? "") and \(message.sender) have it.",
                        at: position
                    )
                }
                person = message.sender
            }
            let text = message.text.trimmingBlanks()
            guard !text.isEmpty else {
                list.leftOut[.noText] += 1
                continue
            }
            try list.append(
                Message(sender: message.sender, text: text, milliseconds: message.milliseconds),
                at: position
            )
        }
        self.list = list.messages.allSatisfy { $0.milliseconds != nil } ? list.inOrderOfTime() : list
        self.person = person
    }

    /// The line of an entry.
    ///
    /// - Parameters:
    ///   - entry: The entry.
    ///   - person: The person who is to be imitated.
    /// - Returns: The line without its end.
    public static func line(of entry: Conversation.Entry, person: String) -> String {
        jsonLine([
            "role": entry.sender == person ? "assistant" : "user", "sender_name": entry.sender, "content": entry.text,
        ])
    }
}

extension UInt8 {
    /// Whether the byte is white space of JSON.
    var isJSONBlank: Bool { [0x20, 0x09, 0x0A, 0x0D].contains(self) }
}
