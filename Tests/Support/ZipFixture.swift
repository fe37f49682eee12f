/// Writes zip archives, as Office documents are.
public struct ZipFixture {
    private var body: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    /// An empty archive.
    public init() {}

    /// Adds a member as it is.
    public mutating func add(_ name: String, _ text: String) {
        add(
            name,
            method: 0,
            stored: Array(text.utf8),
            size: text.utf8.count,
            checksum: Self.checksum(of: Array(text.utf8))
        )
    }

    /// Adds a member that claims to be encrypted.
    public mutating func addEncrypted(_ name: String, _ text: String) {
        add(name, method: 0, flags: 1, stored: Array(text.utf8), size: text.utf8.count, checksum: 0)
    }

    /// Adds a member with a checksum that it does not have.
    public mutating func addDamaged(_ name: String, _ text: String) {
        add(name, method: 0, stored: Array(text.utf8), size: text.utf8.count, checksum: 1)
    }

    /// Adds a member that is small in the archive and grows to some megabytes of the letter `x` when it is read.
    ///
    /// - Parameters:
    ///   - name: The name of the member.
    ///   - megabytes: How many megabytes it grows to.
    ///   - claim: How many bytes the archive says that it has; nil for as many as it has.
    public mutating func addBomb(_ name: String, megabytes: Int, claim: Int? = nil) {
        let repeats = megabytes << 20 / 258
        var bits = BitWriter()
        bits.write(0b011, count: 3)  // the last block, with fixed codes
        bits.write(0xA8.bitReversed, count: 8)  // the letter x
        for _ in 0..<repeats {
            bits.write(0b1010_0011, count: 8)  // the same again, 258 times
            bits.write(0, count: 5)
        }
        bits.write(0, count: 7)
        add(name, method: 8, stored: bits.bytes, size: claim ?? repeats * 258 + 1, checksum: 0)
    }

    /// The archive.
    public var bytes: [UInt8] {
        body + directory + Self.little(0x0605_4B50, 4) + Self.little(0, 4) + Self.little(count, 2)
            + Self.little(count, 2)
            + Self.little(directory.count, 4) + Self.little(body.count, 4) + Self.little(0, 2)
    }

    private mutating func add(
        _ name: String,
        method: Int,
        flags: Int = 0,
        stored: [UInt8],
        size: Int,
        checksum: Int
    ) {
        let common =
            Self.little(20, 2) + Self.little(flags, 2) + Self.little(method, 2) + Self.little(0, 4)
            + Self.little(checksum, 4)
            + Self.little(stored.count, 4) + Self.little(size, 4) + Self.little(name.utf8.count, 2) + Self.little(0, 2)
        directory +=
            Self.little(0x0201_4B50, 4) + Self.little(20, 2) + common + Self.little(0, 10) + Self.little(body.count, 4)
            + name.utf8
        body += Self.little(0x0403_4B50, 4) + common + name.utf8 + stored
        count += 1
    }

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 < 8 ? value >> ($0 * 8) : 0) }
    }

    private static func checksum(of bytes: [UInt8]) -> Int {
        let sum = bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        return Int(~sum)
    }

    /// Packs bits into bytes, the lowest first, as deflate wants them.
    private struct BitWriter {
        private(set) var bytes: [UInt8] = []
        private var filled = 8

        mutating func write(_ bits: Int, count: Int) {
            for place in 0..<count {
                if filled == 8 {
                    bytes.append(0)
                    filled = 0
                }
                bytes[bytes.count - 1] |= UInt8(bits >> place & 1) << filled
                filled += 1
            }
        }
    }
}

extension Int {
    /// The lowest eight bits the other way round, as deflate writes its codes.
    fileprivate var bitReversed: Int {
        (0..<8).reduce(0) { $0 << 1 | self >> $1 & 1 }
    }
}
