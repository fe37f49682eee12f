public import FoundationEssentials

/// An API key, without the secret, which only the caller has.
public struct APIKey: Sendable, Hashable {
    /// The key's ID in lists and in `keys revoke`: the beginning of the secret's hash, so that one lookup finds the
    /// key.
    public let id: String
    /// The name that the operator gave it.
    public let name: String
    /// Whether it authorizes the administrators' routes and access to every user's thread.
    public let isAdmin: Bool
    /// The only user that it may act as; nil where it may act as any user.
    public let user: UserID?
    /// When it was created, in whole seconds; nil where that is not on record.
    public let createdAt: Date?
    /// The last four characters of the secret, by which the caller recognizes it.
    public let lastCharacters: String
}

extension APIKey {
    /// How many hexadecimal digits of the secret's hash are the ID: enough that no two keys share one.
    static let idLength = 16

    init?(id: String, fields: [String: String]) {
        guard fields["sha256"] != nil, let name = fields["name"] else { return nil }
        var user: UserID?
        if let value = fields["user"] {
            // A key whose user cannot be read must not become a key for every user.
            guard let known = try? UserID(value) else { return nil }
            user = known
        }
        self.init(
            id: id,
            name: name,
            isAdmin: fields["admin"] == "1",
            user: user,
            createdAt: fields["created_at"].flatMap(Date.init(timestamp:)),
            lastCharacters: fields["last_characters"] ?? ""
        )
    }

    /// Returns the hash's fields, with the SHA-256 of the secret.
    func fields(digest: String) -> [String: String] {
        var fields = [
            "name": name, "sha256": digest, "admin": isAdmin ? "1" : "0", "created_at": createdAt.timestamp,
            "last_characters": lastCharacters,
        ]
        fields["user"] = user?.value
        return fields
    }
}

/// The secret of an API key, which the caller sends: `pa_` and 256 random bits in hexadecimal.
///
/// It is shown once, when the key is created; only its hash is stored.
public struct APIKeySecret: Sendable, CustomStringConvertible {
    /// The secret itself, for the caller only.
    public let text: String
    /// The SHA-256 of the text, in hexadecimal.
    let digest: String

    private static let prefix = "pa_"
    private static let digits = 64

    /// Reads a secret that a caller sent; nil for a text of another form.
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

    /// Creates a new secret.
    static func make() -> APIKeySecret {
        APIKeySecret(unchecked: prefix + RandomToken.make() + RandomToken.make())
    }

    /// The ID of the key that the secret belongs to.
    var keyID: String { String(digest.prefix(APIKey.idLength)) }

    /// The last four characters.
    var lastCharacters: String { String(text.suffix(4)) }

    /// A text that does not reveal the secret.
    public var description: String { "pa_…" }
}
