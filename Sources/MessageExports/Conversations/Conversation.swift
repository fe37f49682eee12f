/// A conversation, in which each entry holds all that a sender wrote until another wrote.
public struct Conversation: Sendable {
    /// What a sender wrote in succession.
    public struct Entry: Sendable, Hashable {
        /// The sender's name.
        public let sender: String
        /// The texts, joined by line feeds.
        public internal(set) var text: String
    }

    /// The entries, oldest first; neighbours have different senders.
    public let entries: [Entry]
    /// The person who is to be imitated.
    public let person: String

    /// Joins the messages of each sender that follow each other.
    ///
    /// - Parameters:
    ///   - messages: The messages, oldest first.
    ///   - person: The name of the person who is to be imitated, in any case of letters.
    /// - Throws: ``ExportError`` with the code `personNotFound` and the names of those who wrote.
    public init(_ messages: [Message], person: String) throws(ExportError) {
        self.person = try Self.sender(called: person, in: messages)
        entries = Self.merged(messages)
    }

    /// Joins the messages of each sender that follow each other.
    static func merged(_ messages: [Message]) -> [Entry] {
        var entries: [Entry] = []
        for message in messages {
            if entries.last?.sender == message.sender {
                entries[entries.count - 1].text += "\n\(message.text)"
            } else {
                entries.append(Entry(sender: message.sender, text: message.text))
            }
        }
        return entries
    }

    private static func sender(called name: String, in messages: [Message]) throws(ExportError) -> String {
        let senders = Set(messages.map(\.sender))
        let name = name.trimmingBlanks()
        if senders.contains(name) { return name }
        let alike = senders.filter { $0.lowercased() == name.lowercased() }
        guard alike.count == 1, let sender = alike.first else {
            let names = senders.sorted()
            let shown = names.prefix(20).map { "“\($0)”" }.joined(separator: ", ")
            throw ExportError(
                .personNotFound,
                names.isEmpty
                    ? "The conversation has no message with a text."
                    : "“\(name)” wrote nothing in this conversation. These did: \(shown)\(names.count > 20 ? ", …" : "")."
            )
        }
        return sender
    }

    /// Returns what the person replied to what others wrote.
    ///
    /// Each reply is an entry of the person that follows an entry of somebody else; an entry without the person's reply
    /// belongs to no pair.
    ///
    /// - Throws: ``ExportError`` with the code `noPairs` if the person replied to nobody.
    public func pairs() throws(ExportError) -> [MessagePair] {
        let pairs = zip(entries, entries.dropFirst()).compactMap { prompt, reply in
            reply.sender == person ? MessagePair(prompt: prompt.text, completion: reply.text) : nil
        }
        guard !pairs.isEmpty else {
            throw ExportError(
                .noPairs,
                entries.allSatisfy { $0.sender == person }
                    ? "Only “\(person)” wrote in this conversation; there is no message to which to reply."
                    : "“\(person)” replied to nobody in this conversation."
            )
        }
        return pairs
    }
}
