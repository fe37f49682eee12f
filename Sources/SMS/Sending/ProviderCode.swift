/// What is known about an error code of a provider.
///
/// Providers add, split and change codes: the HTTP status of a call decides first, and a code that is not listed means nothing
/// more than its status.
public struct ProviderCode: Sendable, Hashable {
    /// What it means.
    public let meaning: String
    /// What follows for the message.
    public let effect: SendingError.Effect
    /// Whether an operator has to act, because every message will fail.
    public let needsOperator: Bool

    private init(_ meaning: String, _ effect: SendingError.Effect, needsOperator: Bool = false) {
        self.meaning = meaning
        self.effect = effect
        self.needsOperator = needsOperator
    }

    /// The codes of both providers; their numbers do not overlap.
    public static let all: [Int: ProviderCode] = [
        // Twilio, of calls.
        20003: ProviderCode("the credentials are not valid", .unauthorized, needsOperator: true),
        20429: ProviderCode("too many calls", .later(after: nil)),
        21211: ProviderCode("the recipient's number is not valid", .rejected),
        21408: ProviderCode("messages to this region are not enabled", .rejected),
        21606: ProviderCode("the sending number cannot send this message", .rejected, needsOperator: true),
        21610: ProviderCode("the recipient has opted out", .optedOut),
        21611: ProviderCode("the queue of the sending number is full", .later(after: .seconds(60))),
        21614: ProviderCode("the recipient's number cannot receive messages", .rejected),
        21617: ProviderCode("the text is too long", .rejected),
        // Twilio, of reports.
        30001: ProviderCode("the provider's queue was full", .later(after: .seconds(300))),
        30003: ProviderCode("the phone is unreachable", .rejected),
        30005: ProviderCode("the number is unknown", .rejected),
        30006: ProviderCode("the number is a landline or unreachable", .rejected),
        30007: ProviderCode("carriers filter the messages", .rejected, needsOperator: true),
        30008: ProviderCode("the carrier gives no reason", .later(after: .seconds(300))),
        30034: ProviderCode("the sending number is not registered for US carriers", .rejected, needsOperator: true),
        // Telnyx.
        40001: ProviderCode("the recipient's number cannot receive messages", .rejected),
        40002: ProviderCode("carriers block the messages as spam", .rejected, needsOperator: true),
        40003: ProviderCode("carriers block the sending number", .rejected, needsOperator: true),
        40004: ProviderCode("the recipient's carrier gives no reason", .later(after: .seconds(300))),
        40006: ProviderCode("the recipient's carrier is unavailable", .later(after: .seconds(300))),
        40008: ProviderCode("the carrier gives no reason", .later(after: .seconds(300))),
        40010: ProviderCode("the sending number is not registered for US carriers", .rejected, needsOperator: true),
        40300: ProviderCode("the recipient has opted out", .optedOut),
        40310: ProviderCode("the recipient's number is not valid", .rejected),
        40318: ProviderCode("the queue of the sending number is full", .later(after: .seconds(60))),
    ]
}
