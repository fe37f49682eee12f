/// The host that a request is for, as its `Host` field or the authority of its target names it (RFC 3986, 3.2.2).
public struct RequestHost: Sendable, Hashable {
    /// The name in lower case without a dot at its end, or the address without brackets.
    public let name: String
    /// The address, where the host is one and no name.
    public let address: IPAddress?

    /// The longest name that is read, in bytes; a name in the DNS has at most 253.
    static let maximumBytes = 255

    /// Reads a host and, after it, perhaps a port.
    ///
    /// It is nil where the text is anything else: empty, with user information, or with a character that no host has.
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

    /// Whether a text is nothing, a colon, or a colon and a port.
    private static func isPort(_ text: Substring) -> Bool {
        guard let colon = text.first else { return true }
        let digits = text.dropFirst()
        guard colon == ":", digits.utf8.count <= 5, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return false
        }
        return digits.isEmpty || (Int(digits) ?? .max) <= 65_535
    }

    /// Whether all characters are such as a registered name has: unreserved, of a percent escape, or `sub-delims`.
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
