internal import Crypto
internal import FoundationEssentials

/// The signature of Twilio's webhooks: an HMAC of the URL and of the form's fields.
///
/// See Twilio's documentation, “Webhooks security” and, for SHA-256, “Shared keys”.
enum TwilioSignature {
    /// The hash function of a signature.
    enum Algorithm {
        /// With the account's auth token.
        case sha1
        /// With a key of one's own.
        case sha256
    }

    /// The text that is signed: the URL, then each name with its values, sorted by code units.
    ///
    /// A value that is repeated under a name counts once.
    static func text(_ url: String, _ fields: FormFields) -> String {
        let pairs = fields.pairs.map { (name: Array($0.name.utf16), value: Array($0.value.utf16)) }
        let sorted = pairs.sorted { left, right in
            left.name == right.name
                ? left.value.lexicographicallyPrecedes(right.value) : left.name.lexicographicallyPrecedes(right.name)
        }
        var text = Array(url.utf16)
        for (index, pair) in sorted.enumerated() where index == 0 || sorted[index - 1] != pair {
            text += pair.name + pair.value
        }
        return String(decoding: text, as: UTF16.self)
    }

    /// Returns the signature in base64.
    static func of(_ url: String, _ fields: FormFields, key: String, _ algorithm: Algorithm) -> String {
        let (key, text) = (SymmetricKey(data: Array(key.utf8)), Array(text(url, fields).utf8))
        let code: [UInt8] =
            switch algorithm {
            case .sha1: Array(HMAC<Insecure.SHA1>.authenticationCode(for: text, using: key))
            case .sha256: Array(HMAC<SHA256>.authenticationCode(for: text, using: key))
            }
        return Data(code).base64EncodedString()
    }

    /// The SHA-256 of a body, in hexadecimal.
    static func hash(of body: [UInt8]) -> String {
        SHA256.hash(data: body).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

extension String {
    /// Compares in a time that does not depend on where the texts differ.
    func isEqualInConstantTime(to other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return zip(utf8, other.utf8).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
