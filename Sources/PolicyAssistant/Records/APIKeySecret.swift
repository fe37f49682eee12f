/// What the holder of an API key sends: `pa_` and 256 random bits in hexadecimal.
///
/// It is shown once, when the key is made; here only its hash is kept.
public struct APIKeySecret: Sendable, CustomStringConvertible {
    /// The text to hand to the key's holder, and to nobody else.
    public let text: String
    /// The SHA-256 of the text, in hexadecimal.
    let digest: String

    private static let prefix = "pa_"
    private static let digits = 64

    /// Takes a text that a caller sent for a secret, if it has the form of one.
    public init?(_ text: String) {
        let random = text.utf8.dropFirst(Self.prefix.utf8.count)
        guard text.hasPrefix(Self.prefix), random.count == Self.digits, random.allSatisfy(\.isLowercaseHexadecimal)
        else { return nil }
        self.init(unchecked: text)
    }

    private init(unchecked text: String) {
        self.text = text
        digest = ContentHash.of(text)
    }

    /// Makes a new secret.
    static func make() -> APIKeySecret {
        APIKeySecret(unchecked: prefix + RandomToken.make() + RandomToken.make())
    }

    /// The ID of the key that the secret belongs to.
    var keyID: String { String(digest.prefix(APIKeys.idLength)) }

    /// The last four characters.
    var lastCharacters: String { String(text.suffix(4)) }

    /// Nothing that helps to guess the secret.
    public var description: String { "pa_…" }
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
