internal import JWTKit

/// A key that tokens are verified with, and the algorithms that it may be used with and no others.
struct VerificationKey: Sendable {
    /// The name by which tokens refer to it.
    let id: String?
    /// By their names in a token's header.
    let algorithms: [String: any JWTAlgorithm]

    /// Takes a secret, for HS256 only.
    init(secret: String) async throws {
        let collection = JWTKeyCollection()
        await collection.add(hmac: HMACKey(from: secret), digestAlgorithm: .sha256)
        id = nil
        algorithms = ["HS256": try await collection.getKey()]
    }

    /// Takes a public key, for the algorithm that it names or else for those of its kind; nil where it is of no use.
    ///
    /// Each algorithm gets a collection of its own, since a collection remembers but one algorithm for a key, and falls
    /// back on its first key where a token names one that it does not have.
    init?(_ key: JWK) async {
        var algorithms: [String: any JWTAlgorithm] = [:]
        for algorithm in Self.candidates(for: key) where key.algorithm == nil || key.algorithm == algorithm {
            var key = key
            key.algorithm = algorithm
            // JWTKit takes no key without a name, and needs no more than the public half.
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
