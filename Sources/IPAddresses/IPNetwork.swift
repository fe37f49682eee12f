/// The IP addresses that begin with the same bits, in CIDR notation (RFC 4632, RFC 4291): `10.1.0.0/16`.
public struct IPNetwork: Sendable, Hashable {
    /// The network's address; the bits after the prefix are 0.
    public let address: IPAddress
    /// The number of bits that the addresses share.
    public let prefixLength: Int

    /// Parses a network, or an address, which is a network of one; nil for any other text.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(first) else { return nil }
        let bits = 8 * address.bytes.count
        guard parts.count == 2 else {
            (self.address, prefixLength) = (address, bits)
            return
        }
        guard parts[1].utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let length = Int(parts[1]), length <= bits
        else { return nil }
        self.address = IPAddress(bytes: Self.prefix(of: address.bytes, length))
        prefixLength = length
    }

    /// Returns whether an address is in the network.
    public func contains(_ other: IPAddress) -> Bool {
        other.bytes.count == address.bytes.count && Self.prefix(of: other.bytes, prefixLength) == address.bytes
    }

    /// Returns the bytes with the bits after the prefix cleared.
    private static func prefix(of bytes: [UInt8], _ length: Int) -> [UInt8] {
        bytes.enumerated().map { index, byte in
            let kept = min(max(length - 8 * index, 0), 8)
            return byte & UInt8(truncatingIfNeeded: 0xFF00 >> kept)
        }
    }
}
