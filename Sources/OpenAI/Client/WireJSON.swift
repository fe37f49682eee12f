import FoundationEssentials

/// JSON as it goes over the wire.
enum WireJSON {
    private static let decoder = JSONDecoder()
    private static let encoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()

    static func decode<Value: Decodable>(_ type: Value.Type, from bytes: some Sequence<UInt8>) throws -> Value {
        try decoder.decode(type, from: Data(bytes))
    }

    /// Encodes a request's body; the keys are sorted, so that equal requests are equal bytes.
    static func encode(_ value: some Encodable) throws(OpenAIError) -> [UInt8] {
        do {
            return Array(try encoder.encode(value))
        } catch {
            throw OpenAIError(.invalidRequest, "The request holds a value that JSON cannot express.")
        }
    }
}

/// What the API leaves out and what it sends as null is the same to us.
extension KeyedDecodingContainer {
    func decode<Value: Decodable>(_ key: Key, or fallback: Value) throws -> Value {
        try decodeIfPresent(Value.self, forKey: key) ?? fallback
    }

    // A decoder has shorter ways for these types than for a type that it does not know beforehand.

    func decode(_ key: Key, or fallback: String) throws -> String {
        try decodeIfPresent(String.self, forKey: key) ?? fallback
    }

    func decode(_ key: Key, or fallback: Int) throws -> Int {
        try decodeIfPresent(Int.self, forKey: key) ?? fallback
    }

    /// The moment that a field gives in seconds since 1970, whole or not.
    func decodeDate(_ key: Key) throws -> Date? {
        try decodeIfPresent(Double.self, forKey: key).map(Date.init(timeIntervalSince1970:))
    }

    /// A map whose entries without a value are left out.
    func decodeMap<Value: Decodable>(_ key: Key) throws -> [String: Value] {
        try decodeIfPresent([String: Value?].self, forKey: key)?.compactMapValues(\.self) ?? [:]
    }
}
