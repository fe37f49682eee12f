/// A message of a conversation that has a text.
public struct Message: Sendable, Hashable {
    /// The sender's name.
    public let sender: String
    /// The text.
    public let text: String
    /// When it was sent, in milliseconds since 1970; nil where the export's order is that of time.
    public let milliseconds: Int64?

    /// Creates a message.
    public init(sender: String, text: String, milliseconds: Int64? = nil) {
        self.sender = sender
        self.text = text
        self.milliseconds = milliseconds
    }
}
