/// A phone number as providers write it: `+` and 2 to 15 digits (E.164), or a short code of 3 to 8 digits.
///
/// The word `TEST123` is a number as well, to which and from which nothing is sent.
public struct PhoneNumber: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    /// The number, which is personal data.
    public let value: String

    /// Reads a number, without the blanks around it; nil for another text.
    public init?(_ text: some StringProtocol) {
        let value = String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        let digits = value.hasPrefix("+") ? value.dropFirst() : value[...]
        let isNumber = digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let lengths = value.hasPrefix("+") ? 2...15 : 3...8
        guard value == Self.testValue || isNumber && lengths.contains(digits.utf8.count) else { return nil }
        self.value = value
    }

    private static let testValue = "TEST123"

    /// Whether this is the number with which the way of a message can be tried without a provider.
    public var isTest: Bool { value == Self.testValue }

    /// The last two digits, with which a person recognizes a number.
    public var lastDigits: String { String(value.suffix(2)) }

    /// The last two digits only, so that no log and no error shows the number.
    public var description: String { "…\(lastDigits)" }

    /// A mirror without the number.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
