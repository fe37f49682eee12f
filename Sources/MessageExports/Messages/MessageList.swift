/// The messages read from an export, and how many were left out.
public struct MessageList: Sendable {
    /// The messages with a text.
    public private(set) var messages: [Message] = []
    /// The messages left out.
    public var leftOut = LeftOut()
    private var textBytes = 0

    /// The most messages that are kept: four millions.
    static let maximumMessages = 4_000_000
    /// The most text that is kept: 512 MiB in UTF-8.
    static let maximumTextBytes = 512 << 20

    /// Creates an empty list.
    public init() {}

    /// Adds a message.
    ///
    /// - Throws: ``ExportError`` with the code `tooLarge` once the messages would take too much memory.
    mutating func append(_ message: Message, at position: ExportError.Position) throws(ExportError) {
        textBytes += message.text.utf8.count
        guard messages.count < Self.maximumMessages, textBytes <= Self.maximumTextBytes else {
            throw ExportError(
                .tooLarge,
                "The conversation has more than \(Self.maximumMessages) messages or \(Self.maximumTextBytes >> 20) MiB "
                    + "of text up to here; export a shorter time.",
                at: position
            )
        }
        messages.append(message)
    }

    /// Adds the messages of another list.
    mutating func append(_ list: MessageList) throws(ExportError) {
        messages += list.messages
        textBytes += list.textBytes
        for reason in LeftOut.Reason.allCases { leftOut[reason] += list.leftOut[reason] }
        guard messages.count <= Self.maximumMessages, textBytes <= Self.maximumTextBytes else {
            throw ExportError(
                .tooLarge,
                "The conversation has more than \(Self.maximumMessages) messages or \(Self.maximumTextBytes >> 20) MiB "
                    + "of text; export a shorter time."
            )
        }
    }

    /// Returns the list oldest first, if it is one of Messenger, which has the newest message first as a rule.
    func oldestFirst() -> MessageList {
        var list = self
        if (messages.first?.milliseconds ?? 0) >= (messages.last?.milliseconds ?? 0) { list.messages.reverse() }
        return list
    }

    /// Returns the list in the order of time; messages of the same time stay in their order.
    func inOrderOfTime() -> MessageList {
        var list = self
        list.messages = messages.enumerated().sorted { left, right in
            (left.element.milliseconds ?? 0, left.offset) < (right.element.milliseconds ?? 0, right.offset)
        }.map(\.element)
        return list
    }
}
