internal import Crypto
internal import CryptoExtras
internal import Foundation
internal import FoundationEssentials

/// A password's hash by scrypt (RFC 7914), with its salt and its cost.
struct PasswordHash: Sendable, Hashable {
    let cost: Cost
    private let salt: [UInt8]
    private let key: [UInt8]

    /// The cost of computing a hash, and so of a guess.
    struct Cost: Sendable, Hashable {
        /// The binary logarithm of scrypt's N.
        let logarithm: Int
        let blockSize: Int
        let parallelism: Int

        /// 32 MiB and some tenths of a second, as OWASP's Password Storage Cheat Sheet has it.
        static let standard = Cost(logarithm: 15, blockSize: 8, parallelism: 3)

        /// The cost of new hashes, which is ``standard``.
        ///
        /// A debug build, where scrypt is compiled without optimization and takes seconds, lets tests lower it: it
        /// reads the logarithm of N from the environment variable `TEST_SCRYPT_LOGARITHM`. A release build does not.
        static let ofNewHashes: Cost = {
            #if DEBUG
                let lowered = ProcessInfo.processInfo.environment["TEST_SCRYPT_LOGARITHM"].flatMap { Int($0) }
                if let lowered, (1..<standard.logarithm).contains(lowered) {
                    return Cost(logarithm: lowered, blockSize: standard.blockSize, parallelism: 1)
                }
            #endif
            return standard
        }()
    }

    private static let saltBytes = 16
    private static let keyBytes = 32

    /// Hashes a password with a new salt, which takes as long as the cost says.
    init(of password: String, cost: Cost) throws {
        let salt = Self.random(Self.saltBytes)
        self.init(cost: cost, salt: salt, key: try Self.derive(password, salt, cost).withUnsafeBytes(Array.init))
    }

    /// Creates a hash that no known password has, at the same cost as any other.
    static func decoy(cost: Cost) -> PasswordHash {
        PasswordHash(cost: cost, salt: random(saltBytes), key: random(keyBytes))
    }

    private init(cost: Cost, salt: [UInt8], key: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.key = key
    }

    /// Returns whether a password has this hash; takes as long as the cost says, whatever the result.
    func matches(_ password: String) throws -> Bool {
        // Keys are compared in a time that does not depend on where they differ.
        try Self.derive(password, salt, cost) == SymmetricKey(data: key)
    }

    private static func derive(_ password: String, _ salt: [UInt8], _ cost: Cost) throws -> SymmetricKey {
        let bytes = OpaqueString(password).bytes
        return try KDF.Scrypt.deriveKey(
            // The library takes no empty password; no account has one, nor the one used in its place.
            from: bytes.isEmpty ? [0] : bytes,
            salt: salt,
            outputByteCount: keyBytes,
            rounds: 1 << cost.logarithm,
            blockSize: cost.blockSize,
            parallelism: cost.parallelism
        )
    }

    private static func random(_ count: Int) -> [UInt8] {
        SymmetricKey(size: SymmetricKeySize(bitCount: 8 * count)).withUnsafeBytes(Array.init)
    }
}

extension PasswordHash {
    /// The hash as it is stored, `$scrypt$ln=15,r=8,p=3$<salt>$<hash>`, as the PHC string format has it.
    var text: String {
        "$scrypt$ln=\(cost.logarithm),r=\(cost.blockSize),p=\(cost.parallelism)$\(base64(salt))$\(base64(key))"
    }

    /// Reads a stored hash; nil for any other text, and for costs beyond the bounds: logarithm 20, block size 32,
    /// parallelism 16.
    init?(_ text: String) {
        guard let match = text.wholeMatch(of: /\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([^$]+)\$([^$]+)/),
            let logarithm = Int(match.1), let blockSize = Int(match.2), let parallelism = Int(match.3),
            (1...20).contains(logarithm), (1...32).contains(blockSize), (1...16).contains(parallelism),
            let salt = bytes(base64: match.4), let key = bytes(base64: match.5), key.count == Self.keyBytes
        else { return nil }
        let cost = Cost(logarithm: logarithm, blockSize: blockSize, parallelism: parallelism)
        self.init(cost: cost, salt: salt, key: key)
    }
}

/// Base64 without padding, as the PHC string format has it.
private func base64(_ bytes: [UInt8]) -> Substring {
    Data(bytes).base64EncodedString().prefix { $0 != "=" }
}

private func bytes(base64 text: Substring) -> [UInt8]? {
    Data(base64Encoded: text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)).map(Array.init)
}

/// A password in the form in which it is hashed, by the profile OpaqueString of RFC 8265.
///
/// Keyboards encode the same letters in several ways: `é` as one code point or two, a space as one of several.
struct OpaqueString: Sendable {
    /// The normalized text in UTF-8.
    let bytes: [UInt8]

    init(_ typed: String) {
        let spaced = String.UnicodeScalarView(
            typed.unicodeScalars.map { $0.properties.generalCategory == .spaceSeparator ? " " : $0 }
        )
        bytes = Array(String(spaced).precomposedStringWithCanonicalMapping.utf8)
    }
}
