internal import Crypto
internal import FoundationEssentials
internal import JWTKit
internal import PolicyAssistant

/// The claims of an identity provider's token or of its UserInfo response.
struct ProviderClaims: JWTPayload {
    private var values: [String: ClaimValue]

    init(from decoder: any Decoder) throws {
        values = try [String: ClaimValue](from: decoder)
    }

    func encode(to encoder: any Encoder) throws {
        try values.encode(to: encoder)
    }

    /// Does nothing: JWTKit requires it, but the claims are checked where the time and the settings are known.
    func verify(using algorithm: some JWTAlgorithm) {}

    /// Returns a claim's text; nil if it is missing, or no text.
    func text(_ name: String) -> String? {
        guard case .text(let text) = values[name], !text.isEmpty else { return nil }
        return text
    }

    /// Returns a claim's time in seconds since 1970; nil if it is missing, or no number.
    func time(_ name: String) -> Double? {
        guard case .number(let number) = values[name] else { return nil }
        return number
    }

    /// Returns a claim's texts, of which there may be one without a list; nil if it is missing.
    func texts(_ name: String) -> [String]? { values[name]?.texts }

    /// Returns whether there is a claim with the name, whatever its value.
    func has(_ name: String) -> Bool { values[name] != nil }

    /// Returns whether a claim is true; some providers write it as a text.
    func isTrue(_ name: String) -> Bool {
        switch values[name] {
        case .flag(true): true
        case .text(let text): text == "true"
        default: false
        }
    }

    /// Returns the names of a claim's fields, if it is an object.
    func fields(of name: String) -> Set<String> {
        guard case .object(let fields) = values[name] else { return [] }
        return Set(fields.keys)
    }

    /// Returns the texts of a claim, which may be inside objects: `realm_access.roles`; nil if it is missing.
    ///
    /// A claim with exactly this name comes first, since names such as `https://example.com/groups` have dots.
    func texts(at path: String) -> [String]? {
        if let texts = texts(path) { return texts }
        var value = ClaimValue.object(values)
        for name in path.split(separator: ".") {
            guard case .object(let fields) = value, let inner = fields[String(name)] else { return nil }
            value = inner
        }
        return value.texts
    }

    /// Adds the claims of another source that are missing here.
    mutating func add(_ other: ProviderClaims) {
        values.merge(other.values) { own, _ in own }
    }
}

/// The value of a claim.
private enum ClaimValue: Codable, Sendable {
    case text(String)
    case flag(Bool)
    case number(Double)
    case list([ClaimValue])
    case object([String: ClaimValue])
    case null

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([ClaimValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: ClaimValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .flag(let flag): try container.encode(flag)
        case .number(let number): try container.encode(number)
        case .list(let list): try container.encode(list)
        case .object(let fields): try container.encode(fields)
        case .null: try container.encodeNil()
        }
    }

    /// The texts of a text or a list of texts; nil for another value.
    var texts: [String]? {
        switch self {
        case .text(let text): return [text]
        case .list(let list):
            return list.compactMap { value in
                guard case .text(let text) = value else { return nil }
                return text
            }
        default: return nil
        }
    }
}

extension ProviderClaims {
    /// Returns the user whom the claims describe; nil if they do not identify one.
    ///
    /// A user is identified by issuer and subject together. An e-mail address identifies a user only if the provider
    /// has verified it.
    func user(_ settings: OpenIDSettings) -> ProviderUser? {
        guard let subject = text("sub"), let id = userID(subject, settings) else { return nil }
        let groups = texts(at: settings.groupsClaim) ?? []
        return ProviderUser(
            id: id,
            name: text("name") ?? text("preferred_username") ?? text("email"),
            subject: subject,
            groups: groups,
            isAdmin: settings.administratorGroup.map(groups.contains) ?? false
        )
    }

    private func userID(_ subject: String, _ settings: OpenIDSettings) -> UserID? {
        guard settings.userClaim == OpenIDSettings.standardUserClaim else {
            guard settings.userClaim != "email" || isTrue("email_verified") else { return nil }
            return text(settings.userClaim).flatMap { try? UserID($0) }
        }
        let issuer = SHA256.hash(data: Data(settings.issuer.utf8)).prefix(6).hexadecimal
        return try? UserID("\(subject)@\(issuer)")
    }
}
