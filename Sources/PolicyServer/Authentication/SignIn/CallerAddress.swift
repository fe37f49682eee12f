internal import HTTPConnections
internal import HTTPTypes

/// Where a request comes from, as far as one household or office goes: an address of IPv4, or the network half of one of
/// IPv6.
struct CallerAddress: Sendable, Hashable {
    let text: String

    /// Finds a caller's address.
    ///
    /// - Parameters:
    ///   - headers: The request's headers; each proxy notes at the end of `x-forwarded-for` whom it was asked by.
    ///   - peer: The other end of the connection.
    ///   - trustedProxies: How many proxies there are; what stands before their notes anybody may have written.
    init(_ headers: HTTPFields, peer: String?, trustedProxies: Int) {
        let notes = headers[values: .xForwardedFor].flatMap { $0.split(separator: ",") }.map { note in
            String(note.filter { !$0.isWhitespace })
        }
        text = Self.network(notes.suffix(trustedProxies).first ?? peer ?? "local")
    }

    /// Returns what all of one network have in common; what holds no address stands for itself.
    private static func network(_ note: String) -> String {
        guard let address = address(in: note) else { return note }
        guard !address.isIPv4 else { return address.bytes.map(String.init).joined(separator: ".") }
        return address.bytes[..<8].map { String($0, radix: 16) }.joined(separator: ":")
    }

    /// Returns the address of a note, which proxies write with or without quotes, brackets, a port and a zone:
    /// `203.0.113.7:41234`, `[2001:db8::1]`, `"[2001:db8::1]:41234"`, `fe80::1%eth0`.
    private static func address(in note: String) -> IPAddress? {
        var text = note[...]
        if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") { text = text.dropFirst().dropLast() }
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            text = text[..<end].dropFirst()
        } else if text.contains("."), let colon = text.lastIndex(of: ":"), IPAddress(text) == nil {
            // Only behind an address of IPv4 a colon without brackets can be told from the address's own.
            text = text[..<colon]
        }
        return IPAddress(text.prefix { $0 != "%" })
    }
}

extension HTTPField.Name {
    fileprivate static let xForwardedFor = HTTPField.Name(verified: "x-forwarded-for")
}
