internal import HTTPTypes

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

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

    /// What is no address of IPv6 stands for itself.
    private static func network(_ address: String) -> String {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10...11].allSatisfy { $0 == 0xFF }
        return isMapped
            ? bytes[12...].map(String.init).joined(separator: ".")
            : bytes[..<8].map { String($0, radix: 16) }.joined(separator: ":")
    }
}

extension HTTPField.Name {
    fileprivate static let xForwardedFor = HTTPField.Name(verified: "x-forwarded-for")
}
