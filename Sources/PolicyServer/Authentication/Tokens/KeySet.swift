internal import FoundationEssentials
internal import JWTKit

/// The keys that verify tokens.
struct KeySet: Sendable {
    private let keys: [VerificationKey]

    /// The maximum number of keys that are read.
    private static let maximumKeys = 100

    /// Creates a set of one secret, for HS256.
    init(secret: String) async throws {
        keys = [try await VerificationKey(secret: secret)]
    }

    /// Decodes a JWK set (RFC 7517), and skips keys of unsupported kinds.
    ///
    /// - Throws: ``Unusable`` if no key can verify signatures; `DecodingError`.
    init(json: [UInt8]) async throws {
        let document = try JSONDecoder().decode(Document.self, from: Data(json))
        var keys: [VerificationKey] = []
        for key in document.keys.prefix(Self.maximumKeys).compactMap(\.key) {
            if let usable = await VerificationKey(key) { keys.append(usable) }
        }
        guard !keys.isEmpty else { throw Unusable() }
        self.keys = keys
    }

    struct Unusable: Error {}

    /// Returns whether the set has a key with an ID.
    func hasKey(_ id: String) -> Bool {
        keys.contains { $0.id == id }
    }

    /// Returns the verifiers of an algorithm's signatures by a key; several if the provider gave keys the same ID.
    ///
    /// If a token names no key, the only key of its algorithm is used, provided that there is only one.
    func algorithms(_ name: String, key id: String?) -> [any JWTAlgorithm] {
        let candidates = keys.filter { $0.algorithms[name] != nil && (id == nil || $0.id == id) }
        guard id != nil || candidates.count == 1 else { return [] }
        return candidates.compactMap { $0.algorithms[name] }
    }

    private struct Document: Decodable {
        let keys: [Element]
    }

    /// An element of the set; its key is nil if it is not for signatures or cannot be decoded.
    private struct Element: Decodable {
        let key: JWK?

        private enum CodingKeys: String, CodingKey { case use }

        init(from decoder: any Decoder) throws {
            let use = try? decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .use)
            key = use == nil || use == "sig" ? try? JWK(from: decoder) : nil
        }
    }
}
