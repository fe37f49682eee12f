internal import Crypto
internal import FoundationEssentials

extension Sequence<UInt8> {
    /// The bytes in hexadecimal: two digits each, in lower case.
    package var hexadecimal: String {
        var text: [UInt8] = []
        // A digest, which does not tell how many bytes it has, has room for 32.
        text.reserveCapacity(2 * Swift.max(underestimatedCount, 32))
        for byte in self {
            text.append((byte >> 4).hexadecimalDigit)
            text.append((byte & 15).hexadecimalDigit)
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension UInt8 {
    /// The digit of a value below 16, in lower case.
    fileprivate var hexadecimalDigit: UInt8 {
        self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: "a") + self - 10
    }

    /// Whether this is one of the digits 0 to 9 and a to f.
    var isLowercaseHexadecimal: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }
}

/// The SHA-256 of contents, in hexadecimal.
enum ContentHash {
    static func of(_ text: String) -> String {
        hexadecimal(SHA256.hash(data: Data(text.utf8)))
    }

    static func hexadecimal(_ digest: SHA256.Digest) -> String {
        digest.hexadecimal
    }
}

/// Random names that nobody can guess.
enum RandomToken {
    /// Returns 128 random bits as 32 hexadecimal digits.
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        // Two large numbers, since each number is a system call, whatever its size.
        let halves: [UInt64] = [generator.next(), generator.next()]
        return (0..<16).map { UInt8(truncatingIfNeeded: halves[$0 / 8] >> (8 * ($0 % 8))) }.hexadecimal
    }
}
