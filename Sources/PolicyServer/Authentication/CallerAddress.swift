internal import HTTPConnections
internal import HTTPTypes
internal import IPAddresses
internal import PolicyAssistant

/// The network that a request comes from: an IPv4 address, or the first 64 bits of an IPv6 address.
///
/// A household or an office shares one of these, and attempts to sign in are limited by it.
struct CallerAddress: Sendable, Hashable {
    let text: String

    /// Determines the address of a request's client.
    ///
    /// - Parameters:
    ///   - headers: The request's fields; each proxy appends its client's address to `X-Forwarded-For`.
    ///   - peer: The IP address of the other end of the connection.
    ///   - trustedProxies: The proxies before the server. Entries that precede theirs can be forged.
    init(_ headers: HTTPFields, peer: String?, trustedProxies: TrustedProxies) {
        let entries = headers[values: .xForwardedFor].flatMap { $0.split(separator: ",") }.map { entry in
            String(entry.filter { !$0.isWhitespace })
        }
        switch trustedProxies {
        case .count(let count):
            text = Self.network(entries.suffix(count).first ?? peer ?? "local")
        case .networks:
            // From the server outwards, the first address that is not a proxy's is the client's.
            let hops = entries + [peer].compactMap(\.self)
            let client = hops.last { hop in Self.address(in: hop).map { !trustedProxies.contain($0) } ?? true }
            text = Self.network(client ?? hops.first ?? "local")
        }
    }

    /// Returns the network of an entry's address; the entry itself if it contains no address.
    private static func network(_ entry: String) -> String {
        guard let address = address(in: entry) else { return entry }
        guard !address.isIPv4 else { return address.bytes.map(String.init).joined(separator: ".") }
        return address.bytes[..<8].map { String($0, radix: 16) }.joined(separator: ":")
    }

    /// Returns the address of an entry, which may have quotes, brackets, a port and a zone:
    /// `203.0.113.7:41234`, `[2001:db8::1]`, `"[2001:db8::1]:41234"`, `fe80::1%eth0`.
    private static func address(in entry: String) -> IPAddress? {
        var text = entry[...]
        if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") { text = text.dropFirst().dropLast() }
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            text = text[..<end].dropFirst()
        } else if text.contains("."), let colon = text.lastIndex(of: ":"), IPAddress(text) == nil {
            // Without brackets, only the colon after an IPv4 address is certain to precede a port.
            text = text[..<colon]
        }
        return IPAddress(text.prefix { $0 != "%" })
    }
}

extension HTTPField.Name {
    fileprivate static let xForwardedFor = HTTPField.Name(verified: "x-forwarded-for")
}
