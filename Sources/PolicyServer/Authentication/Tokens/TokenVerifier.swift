internal import FoundationEssentials
internal import JWTKit

/// Checks tokens: the signature, with a key and an algorithm that were agreed beforehand, and the claims.
struct TokenVerifier: Sendable {
    /// Where the keys come from.
    enum Keys: Sendable {
        /// One secret, whatever key a token names.
        case secret(KeySet)
        /// The identity provider's key set.
        case published(PublishedKeys)
    }

    let keys: Keys
    let issuer: String?
    let audience: String?
    var now: @Sendable () -> Date = { .now }

    /// How far the clocks of the identity provider and of this machine may differ.
    static let leeway: TimeInterval = 30

    /// Returns what a token says, or nil where it is not to be believed, for whatever reason.
    ///
    /// - Throws: ``Problem`` with the code `identity_unavailable` where there is nothing to check it with.
    func token(_ token: String) async throws -> AccessToken? {
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
