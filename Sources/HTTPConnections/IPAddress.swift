#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// An address of IPv4 or IPv6, whatever its spelling.
public struct IPAddress: Sendable, Hashable {
    /// Four bytes for IPv4, sixteen for IPv6; an IPv4-mapped address of IPv6 is the address of IPv4.
    public let bytes: [UInt8]

    /// Reads an address.
    ///
    /// It is nil for anything but an address, also for the short and octal notations that `inet_aton` takes.
    ///
    /// - Parameter text: An address in its usual notation, without brackets, port and zone.
    public init?(_ text: some StringProtocol) {
        // A NUL would end the text for the C function.
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

    /// Whether the address is of IPv4.
    public var isIPv4: Bool { bytes.count == 4 }

    /// Whether the address is of the machine itself: 127.0.0.0/8 or ::1.
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
