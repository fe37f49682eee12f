/// The state of a sent message, as the provider reports it.
public struct DeliveryReport: Sendable, Hashable {
    /// The message's ID at the provider.
    public var id: String
    /// The state.
    public var status: DeliveryStatus
    /// The provider's code of an error.
    public var code: Int?

    /// Creates a report.
    public init(id: String, status: DeliveryStatus, code: Int? = nil) {
        self.id = id
        self.status = status
        self.code = code
    }
}

/// The state of a sent message, by Twilio's names.
public enum DeliveryStatus: String, Sendable, Hashable, CaseIterable {
    case accepted, scheduled, queued, sending, sent, delivered, undelivered, failed, canceled, read
    case partiallyDelivered = "partially_delivered"

    /// The place of the state in a message's life: reports come in any order, and a message never goes back.
    public var rank: Int {
        switch self {
        case .accepted, .scheduled: 1
        case .queued: 2
        case .sending: 3
        case .sent: 4
        case .delivered, .undelivered, .failed, .canceled, .partiallyDelivered: 5
        case .read: 6
        }
    }

    /// Whether the message changes no more, except that it is read.
    public var isFinal: Bool { rank >= 5 }

    /// Whether the message did not arrive.
    public var isFailure: Bool { [.undelivered, .failed, .canceled].contains(self) }
}
