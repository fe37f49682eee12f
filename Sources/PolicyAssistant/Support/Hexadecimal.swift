internal import Crypto
internal import FoundationEssentials

extension Sequence<UInt8> {
    /// The bytes in hexadecimal: two digits each, in lower case.
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}

extension UInt8 {
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
        return (0..<16).map { _ in generator.next() as UInt8 }.hexadecimal
    }
}
