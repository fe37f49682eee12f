public import IPAddresses

/// The host of a request's `Host` field or of its target's authority (RFC 3986, 3.2.2).
public struct RequestHost: Sendable, Hashable {
    /// The name in lower case without a trailing dot, or the address without brackets.
    public let name: String
    /// The address; nil if the host is a name.
    public let address: IPAddress?

    /// The maximum length of a name in bytes; a DNS name has at most 253.
    static let maximumBytes = 255

    /// Parses a host with an optional port.
    ///
    /// It is nil for any other text: an empty one, one with user information, or one with an invalid character.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(String(text).utf8)
        guard bytes.count <= Self.maximumBytes + 8 else { return nil }
        if bytes.first == UInt8(ascii: "[") {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "]")), Self.isPort(bytes[(end + 1)...]) else {
                return nil
            }
            name = Self.lowercased(bytes[1..<end])
            guard name.utf8.contains(UInt8(ascii: ":")), let address = IPAddress(name) else { return nil }
            self.address = address
        } else {
            let end = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
            let host = bytes[..<end]
            guard host.count <= Self.maximumBytes, host.allSatisfy(Self.isPartOfName), Self.isPort(bytes[end...]) else {
                return nil
            }
            let isDotted = host.last == UInt8(ascii: ".")
            name = Self.lowercased(isDotted ? host.dropLast() : host)
            guard !name.isEmpty else { return nil }
            address = isDotted ? nil : IPAddress(name)
        }
    }

    private static func lowercased(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.map { (65...90).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// Whether a text is empty, a colon, or a colon and a port.
    private static func isPort(_ text: ArraySlice<UInt8>) -> Bool {
        guard let colon = text.first else { return true }
        let digits = text.dropFirst()
        guard colon == UInt8(ascii: ":"), digits.count <= 5, digits.allSatisfy({ (48...57).contains($0) }) else {
            return false
        }
        return digits.reduce(0) { $0 * 10 + Int($1 - 48) } <= 65_535
    }

    /// Whether a character is allowed in a registered name: unreserved, percent-encoded, or `sub-delims`.
    private static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default:
            "-._~%!$&'()*+,;=".utf8.contains(byte)
        }
    }
}
