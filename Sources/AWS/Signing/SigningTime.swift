import FoundationEssentials

/// A time as Signature V4 writes it: `20150830T123600Z`, and the day of the credential scope, `20150830`.
struct SigningTime: Sendable, Hashable {
    let text: String
    let day: String

    init(_ date: Date) {
        text = date.formatted(Self.format)
        day = String(text.prefix(8))
    }

    private static let format = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
}
