#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// An IPv4 or IPv6 address; different spellings of one address are equal.
public struct IPAddress: Sendable, Hashable {
    /// Four bytes for IPv4, sixteen for IPv6; an IPv4-mapped IPv6 address is its IPv4 address.
    public let bytes: [UInt8]

    /// Parses an address; nil for any other text, including the short and octal notations of `inet_aton`.
    ///
    /// - Parameter text: An address without brackets, port and zone.
    public init?(_ text: some StringProtocol) {
        // A NUL would terminate the C string.
        guard text.utf8.allSatisfy(Self.isAddressByte) else { return nil }
        let text = String(text)
        var four = [UInt8](repeating: 0, count: 4)
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = four
            return
        }
        var sixteen = [UInt8](repeating: 0, count: 16)
        guard inet_pton(AF_INET6, text, &sixteen) == 1 else { return nil }
        let isMapped = sixteen[..<10].allSatisfy { $0 == 0 } && sixteen[10] == 0xFF && sixteen[11] == 0xFF
        bytes = isMapped ? Array(sixteen[12...]) : sixteen
    }

    /// Creates an address from its bytes.
    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether this is an IPv4 address.
    public var isIPv4: Bool { bytes.count == 4 }

    /// Whether this is a loopback address: 127.0.0.0/8 or ::1.
    public var isLoopback: Bool {
        isIPv4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "."), UInt8(ascii: ":"):
            true
        default:
            false
        }
    }
}
