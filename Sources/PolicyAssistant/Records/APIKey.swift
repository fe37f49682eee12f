/// A caller's key to the API, without the secret, which nobody keeps but the caller.
///
/// Kept in the hash `key:<id>`.
public struct APIKey: Sendable, Hashable {
    /// The key's name in lists and in `keys revoke`: the beginning of the secret's hash, so that one look finds it.
    public let id: String
    /// What the operator calls it.
    public let name: String
    /// Whether it opens the administrators' routes and everybody's threads.
    public let isAdmin: Bool
    /// The one user that it may act as; without one it acts as whomever its holder names.
    public let user: UserID?
    /// When it was made, in ISO 8601.
    public let createdAt: String
    /// The last four characters of the secret, by which its holder recognizes it.
    public let lastCharacters: String
}

extension APIKey {
    static let prefix = "key:"

    init?(id: String, fields: [String: String]) {
        guard fields["sha256"] != nil, let name = fields["name"] else { return nil }
        var user: UserID?
        if let value = fields["user"] {
            // A key whose user cannot be read must not become one for every user.
            guard let known = try? UserID(value) else { return nil }
            user = known
        }
        self.init(
            id: id,
            name: name,
            isAdmin: fields["admin"] == "1",
            user: user,
            createdAt: fields["created_at"] ?? "",
            lastCharacters: fields["last_characters"] ?? ""
        )
    }

    /// Returns the hash's fields, with the SHA-256 of the secret.
    func fields(digest: String) -> [String: String] {
        var fields = [
            "name": name, "sha256": digest, "admin": isAdmin ? "1" : "0", "created_at": createdAt,
            "last_characters": lastCharacters,
        ]
        fields["user"] = user?.value
        return fields
    }
}
