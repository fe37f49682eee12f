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
        guard text.utf8.count <= Self.maximumBytes + 8 else { return nil }
        let rest: Substring
        let host: Substring
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else { return nil }
            host = Substring(text[text.index(after: text.startIndex)..<end])
            rest = Substring(text[text.index(after: end)...])
            guard host.contains(":"), let address = IPAddress(host) else { return nil }
            self.address = address
        } else {
            let end = text.firstIndex(of: ":") ?? text.endIndex
            host = Substring(text[..<end])
            rest = Substring(text[end...])
            guard !host.isEmpty, host.utf8.count <= Self.maximumBytes, Self.isName(host) else { return nil }
            address = IPAddress(host)
        }
        guard Self.isPort(rest) else { return nil }
        let lower = host.lowercased()
        name = lower.hasSuffix(".") ? String(lower.dropLast()) : lower
        guard !name.isEmpty else { return nil }
    }

    /// Whether a text is empty, a colon, or a colon and a port.
    private static func isPort(_ text: Substring) -> Bool {
        guard let colon = text.first else { return true }
        let digits = text.dropFirst()
        guard colon == ":", digits.utf8.count <= 5, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return false
        }
        return digits.isEmpty || (Int(digits) ?? .max) <= 65_535
    }

    /// Whether all characters are allowed in a registered name: unreserved, percent-encoded, or `sub-delims`.
    private static func isName(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default:
                "-._~%!$&'()*+,;=".utf8.contains(byte)
            }
        }
    }
}
