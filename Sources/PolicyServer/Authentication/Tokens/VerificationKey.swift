internal import JWTKit

/// A key that verifies tokens, and the only algorithms that it may be used with.
struct VerificationKey: Sendable {
    /// The key ID (`kid`) by which tokens refer to it.
    let id: String?
    /// The verifiers, by the algorithm's name in a token's header (`alg`).
    let algorithms: [String: any JWTAlgorithm]

    /// The algorithms that ``init(_:)`` supports.
    static let asymmetricAlgorithms: Set<String> = ["RS256", "RS384", "RS512", "ES256", "ES384"]

    /// Creates a key from a secret, for HS256 only.
    init(secret: String) async throws {
        let collection = JWTKeyCollection()
        await collection.add(hmac: HMACKey(from: secret), digestAlgorithm: .sha256)
        id = nil
        algorithms = ["HS256": try await collection.getKey()]
    }

    /// Creates a key from a public JWK, for the algorithm that it names, or else for those of its kind; nil if none is
    /// supported.
    ///
    /// Each algorithm has its own collection, since a collection holds one algorithm for a key, and falls back to its
    /// first key if a token names an unknown one.
    init?(_ key: JWK) async {
        var algorithms: [String: any JWTAlgorithm] = [:]
        for algorithm in Self.candidates(for: key) where key.algorithm == nil || key.algorithm == algorithm {
            var key = key
            key.algorithm = algorithm
            // JWTKit requires a key ID, and needs only the public key.
            key.keyIdentifier = key.keyIdentifier ?? "unnamed"
            key.privateExponent = nil
            let collection = JWTKeyCollection()
            guard (try? await collection.add(jwk: key)) != nil, let usable = try? await collection.getKey() else {
                continue
            }
            algorithms[algorithm.rawValue] = usable
        }
        guard !algorithms.isEmpty else { return nil }
        id = key.keyIdentifier?.string
        self.algorithms = algorithms
    }

    private static func candidates(for key: JWK) -> [JWK.Algorithm] {
        switch (key.keyType, key.curve?.rawValue) {
        case (.rsa, _): [.rs256, .rs384, .rs512]
        case (.ecdsa, "P-256"): [.es256]
        case (.ecdsa, "P-384"): [.es384]
        default: []
        }
    }
}
