internal import FoundationEssentials
internal import JWTKit

/// Verifies tokens: the signature, by a known key and one of its algorithms, and the claims.
struct TokenVerifier: Sendable {
    /// The source of the keys.
    enum Keys: Sendable {
        /// A secret; the key that a token names is ignored.
        case secret(KeySet)
        /// The identity provider's key set.
        case published(PublishedKeys)
    }

    let keys: Keys
    let issuer: String?
    let audience: String?
    var now: @Sendable () -> Date = { .now }

    /// The tolerated difference between the clocks of the identity provider and of this machine, in seconds.
    static let leeway: TimeInterval = 30

    /// Returns a token's claims; nil if it is invalid for any reason.
    ///
    /// - Throws: ``Problem/identityUnavailable`` if there are no keys to verify it with.
    func verify(_ token: String) async throws -> AccessToken? {
        guard let end = token.lastIndex(of: "."),
            let (header, claims, signature) = try? DefaultJWTParser().parse(Array(token.utf8), as: AccessToken.self),
            let name = header.alg, header.fields["crit"] == nil,
            let algorithm = try await algorithm(name, key: header.kid),
            (try? algorithm.verify(signature, signs: Data(token[..<end].utf8))) == true,
            claims.isAcceptable(at: now(), leeway: Self.leeway, issuer: issuer, audience: audience)
        else { return nil }
        return claims
    }

    private func algorithm(_ name: String, key id: String?) async throws -> (any JWTAlgorithm)? {
        switch keys {
        case .secret(let set): set.algorithm(name, key: nil)
        case .published(let keys): try await keys.algorithm(name, key: id)
        }
    }
}
