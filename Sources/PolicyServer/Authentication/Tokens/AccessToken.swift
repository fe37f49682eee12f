internal import FoundationEssentials
internal import JWTKit

/// The claims of a token that matter here.
struct AccessToken: JWTPayload {
    let subject: String
    let expiry: Double
    var issuedAt: Double?
    var notBefore: Double?
    let issuer: String?
    let audience: Audience?
    /// The session that the token opens, of one who signed in here.
    var session: String?

    enum CodingKeys: String, CodingKey {
        case subject = "sub"
        case expiry = "exp"
        case issuedAt = "iat"
        case notBefore = "nbf"
        case issuer = "iss"
        case audience = "aud"
        case session = "sid"
    }

    /// Whom a token is meant for: one or several; JWTKit's own claim traps where a caller sends an empty list.
    struct Audience: Codable, Sendable {
        let names: [String]

        init(_ name: String) {
            names = [name]
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            names = try (try? container.decode(String.self)).map { [$0] } ?? container.decode([String].self)
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(names)
        }
    }

    /// Whether the token is in force at a time, give or take a clock's error, and meant for whom it has to be.
    func isAcceptable(at date: Date, leeway: TimeInterval, issuer: String?, audience: String?) -> Bool {
        let seconds = date.timeIntervalSince1970
        guard seconds < expiry + leeway, seconds >= (notBefore ?? 0) - leeway else { return false }
        guard issuer == nil || self.issuer == issuer else { return false }
        return audience.map { self.audience?.names.contains($0) == true } ?? true
    }

    /// Does nothing: JWTKit asks for it, and ``TokenVerifier`` checks the claims where it knows the time.
    func verify(using algorithm: some JWTAlgorithm) {}
}
