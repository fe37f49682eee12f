/// Reads the files of a Messenger chat, in both of Messenger's forms.
///
/// The export of an account has `sender_name`, `timestamp_ms` and `content`, in mis-encoded UTF-8; that of encrypted chats
/// has `senderName`, `timestamp` and `text`.
public enum MessengerReader {
    /// Reads a chat.
    ///
    /// - Parameter files: The chat's files, by their numbers: the first has the newest messages.
    /// - Returns: The messages with a text, oldest first.
    /// - Throws: ``ExportError``.
    public static func messages(in files: some Sequence<ExportFile>) throws(ExportError) -> MessageList {
        var newestFirst: [MessageList] = []
        for file in files { newestFirst.append(try messages(in: file)) }
        var all = MessageList()
        for list in newestFirst.reversed() { try all.append(list) }
        return all.inOrderOfTime()
    }

    /// Reads a file, whose messages come out oldest first where they were newest first.
    private static func messages(in file: ExportFile) throws(ExportError) -> MessageList {
        var list = MessageList()
        var hasMessages = false
        var reader = JSONReader(ByteReader(file))
        try reader.forEachField { name, reader throws(ExportError) in
            guard name == "messages" else { return try reader.skipValue() }
            hasMessages = true
            try reader.forEachElement { reader throws(ExportError) in
                let position = reader.position
                switch try MessengerMessage(from: &reader).outcome(at: position) {
                case .kept(let message): try list.append(message, at: position)
                case .leftOut(let reason): list.leftOut[reason] += 1
                }
            }
        }
        try reader.end()
        guard hasMessages else {
            throw ExportError(.malformed, "\(file.name) has no list of messages; it is not a file of a Messenger chat.")
        }
        return list.oldestFirst()
    }
}
