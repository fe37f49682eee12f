/// How many messages of an export were left out, by reason.
public struct LeftOut: Sendable, Hashable, Encodable {
    /// A reason to leave a message out.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// It has an image, a video, a recording, a file or a sticker.
        case media
        /// It is the notice of a call.
        case call
        /// It was deleted by its sender.
        case unsent
        /// It tells of a reaction to a message.
        case reaction
        /// It is a notice of the messenger, such as who joined a group.
        case notice
        /// It has no text.
        case noText = "no_text"
    }

    private var counts: [Reason: Int] = [:]

    /// Creates counts of zero.
    public init() {}

    /// The number of messages left out for a reason.
    public subscript(reason: Reason) -> Int {
        get { counts[reason, default: 0] }
        set { counts[reason] = newValue }
    }

    /// The number of all messages left out.
    public var total: Int { counts.values.reduce(0, +) }

    /// Encodes the counts by reason, those of zero as well.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(
            Dictionary(uniqueKeysWithValues: Reason.allCases.map { ($0.rawValue, counts[$0, default: 0]) })
        )
    }
}
