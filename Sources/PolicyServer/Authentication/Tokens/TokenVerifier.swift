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
        guard let (_, claims) = try await keys.verified(token, as: AccessToken.self),
            claims.isAcceptable(at: now(), leeway: Self.leeway, issuer: issuer, audience: audience)
        else { return nil }
        return claims
    }
}

extension TokenVerifier.Keys {
    /// Returns a token's header and claims; nil if it is malformed, or not signed by one of the keys.
    ///
    /// - Parameters:
    ///   - token: The token in compact form (RFC 7515, section 7.1).
    ///   - type: The type of its claims, which the caller checks.
    ///   - algorithms: The algorithms that are allowed; nil for all those of the keys.
    /// - Returns: The header and the claims, of which nothing is checked; nil for a token without a valid signature.
    /// - Throws: ``Problem/identityUnavailable`` if there are no keys.
    func verified<Claims: JWTPayload>(
        _ token: String,
        as type: Claims.Type,
        algorithms: Set<String>? = nil
    ) async throws -> (header: JWTHeader, claims: Claims)? {
        guard let end = token.lastIndex(of: "."),
            let (header, claims, signature) = try? DefaultJWTParser().parse(Array(token.utf8), as: type),
            let name = header.alg, header.fields["crit"] == nil, algorithms?.contains(name) ?? true
        else { return nil }
        let signed = Data(token[..<end].utf8)
        for algorithm in try await verifiers(name, key: header.kid)
        where (try? algorithm.verify(signature, signs: signed)) == true {
            return (header, claims)
        }
        return nil
    }

    private func verifiers(_ name: String, key id: String?) async throws -> [any JWTAlgorithm] {
        switch self {
        case .secret(let set): set.algorithms(name, key: nil)
        case .published(let keys): try await keys.algorithms(name, key: id)
        }
    }
}
