internal import FoundationEssentials
internal import JWTKit

/// The keys that tokens may be signed with.
struct KeySet: Sendable {
    private let keys: [VerificationKey]

    /// More keys than any provider publishes.
    private static let maximumKeys = 100

    /// Takes one secret, for HS256.
    init(secret: String) async throws {
        keys = [try await VerificationKey(secret: secret)]
    }

    /// Takes a published key set (RFC 7517), key by key, so that one of a kind not known here does not spoil the rest.
    ///
    /// - Throws: ``Unusable`` where it holds no key that signatures could be verified with; `DecodingError`.
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

    /// Whether there is a key of this name.
    func hasKey(_ id: String) -> Bool {
        keys.contains { $0.id == id }
    }

    /// Returns what verifies a signature of an algorithm by a key.
    ///
    /// A token that names no key is taken for signed by the only one of its algorithm, if there is but one.
    func algorithm(_ name: String, key id: String?) -> (any JWTAlgorithm)? {
        let candidates = keys.filter { $0.algorithms[name] != nil && (id == nil || $0.id == id) }
        guard id != nil || candidates.count == 1 else { return nil }
        return candidates.first?.algorithms[name]
    }

    private struct Document: Decodable {
        let keys: [Element]
    }

    /// One entry of the set; nil where it is not a key for signatures or cannot be read.
    private struct Element: Decodable {
        let key: JWK?

        private enum CodingKeys: String, CodingKey { case use }

        init(from decoder: any Decoder) throws {
            let use = try? decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .use)
            key = use == nil || use == "sig" ? try? JWK(from: decoder) : nil
        }
    }
}
