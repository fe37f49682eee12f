internal import FoundationEssentials
internal import JWTKit

/// The claims of a token that the server uses.
struct AccessToken: JWTPayload {
    let subject: String
    let expiry: Double
    var issuedAt: Double?
    var notBefore: Double?
    let issuer: String?
    let audience: Audience?
    /// The ID of the session, if the token is this server's own.
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

    /// The recipients of a token: one or several.
    ///
    /// JWTKit's own claim traps on an empty list.
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

    /// Returns whether the token is valid at a time, within `leeway` seconds, and has the required issuer and audience.
    func isAcceptable(at date: Date, leeway: TimeInterval, issuer: String?, audience: String?) -> Bool {
        let seconds = date.timeIntervalSince1970
        guard seconds < expiry + leeway, seconds >= (notBefore ?? 0) - leeway else { return false }
        guard issuer == nil || self.issuer == issuer else { return false }
        return audience.map { self.audience?.names.contains($0) == true } ?? true
    }

    /// Does nothing: JWTKit requires it, but ``TokenVerifier`` checks the claims, since it has the time.
    func verify(using algorithm: some JWTAlgorithm) {}
}
