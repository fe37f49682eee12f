/// The size of a text as messages of a phone.
///
/// A text that GSM's alphabet can spell has 160 septets in one message, or 153 in each of several. One other character makes
/// the whole text UCS-2: 70 UTF-16 code units, or 67 in each of several. Neither a character of the extension table nor a
/// surrogate pair is split between two messages.
public struct MessageSize: Sendable, Hashable {
    /// The encoding of a text.
    public enum Encoding: Sendable, Hashable {
        /// Seven bits a character.
        case gsm7
        /// Sixteen bits a code unit.
        case ucs2

        /// The units of a text in one message.
        var single: Int { self == .gsm7 ? 160 : 70 }
        /// The units of each message of several.
        var joined: Int { self == .gsm7 ? 153 : 67 }

        /// The units of a character; 1 for a character beyond the encoding.
        fileprivate func units(of scalar: Unicode.Scalar) -> Int {
            switch self {
            case .gsm7: GSMAlphabet.septets(of: scalar) ?? 1
            case .ucs2: UTF16.width(scalar)
            }
        }
    }

    /// The encoding.
    public let encoding: Encoding
    /// The septets or code units.
    public let units: Int
    /// The messages; 0 for an empty text.
    public let segments: Int

    /// Measures a text.
    public init(of text: some StringProtocol) {
        let scalars = text.unicodeScalars
        let encoding: Encoding = scalars.allSatisfy { GSMAlphabet.septets(of: $0) != nil } ? .gsm7 : .ucs2
        var (units, segments, room) = (0, 0, 0)
        for scalar in scalars {
            let width = encoding.units(of: scalar)
            units += width
            if width > room { (segments, room) = (segments + 1, encoding.joined) }
            room -= width
        }
        self.encoding = encoding
        self.units = units
        self.segments = units <= encoding.single ? min(1, units) : segments
    }
}
