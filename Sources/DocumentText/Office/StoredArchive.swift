/// Writes a zip archive whose members are not compressed.
struct StoredArchive {
    private var members: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    private static let checksums: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }

    /// Adds a member.
    mutating func add(_ name: String, _ bytes: [UInt8]) {
        let checksum = ~bytes.reduce(~UInt32(0)) { $0 >> 8 ^ Self.checksums[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
        let offset = UInt32(members.count)
        let size = UInt32(bytes.count)
        // The version, the flag of a name in UTF-8, the method and the time; then the sizes and the lengths.
        let header =
            Self.little(UInt16(20)) + Self.little(UInt16(0x800)) + [0, 0, 0, 0, 0x21, 0] + Self.little(checksum)
            + Self.little(size) + Self.little(size) + Self.little(UInt16(name.utf8.count)) + [0, 0]
        members += Self.little(UInt32(0x0403_4B50)) + header + name.utf8 + bytes
        directory += Self.little(UInt32(0x0201_4B50)) + Self.little(UInt16(20)) + header
        directory += [UInt8](repeating: 0, count: 10) + Self.little(offset) + name.utf8
        count += 1
    }

    /// The archive.
    var bytes: [UInt8] {
        let end =
            Self.little(UInt32(0x0605_4B50)) + [0, 0, 0, 0] + Self.little(count) + Self.little(count)
            + Self.little(UInt32(directory.count)) + Self.little(UInt32(members.count)) + [0, 0]
        return members + directory + end
    }

    private static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
}
