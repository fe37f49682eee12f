import FoundationEssentials
import JSON

/// The JSON coding of requests and responses.
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

    static func decode<Value: JSONReadable>(_ type: Value.Type, from bytes: some Sequence<UInt8>) throws -> Value {
        try Value(json: Array(bytes))
    }

    /// Encodes a request's body with sorted keys, so that equal requests are equal bytes.
    static func encode(_ value: some Encodable) throws(OpenAIError) -> [UInt8] {
        do {
            return Array(try encoder.encode(value))
        } catch {
            throw OpenAIError(.invalidRequest, "The request holds a value that JSON cannot express.")
        }
    }
}

/// An absent field and one that is null are the same.
extension KeyedDecodingContainer {
    func decode<Value: Decodable>(_ key: Key, or fallback: Value) throws -> Value {
        try decodeIfPresent(Value.self, forKey: key) ?? fallback
    }

    // Decoders have faster paths for these types than for generic ones.

    func decode(_ key: Key, or fallback: String) throws -> String {
        try decodeIfPresent(String.self, forKey: key) ?? fallback
    }

    func decode(_ key: Key, or fallback: Int) throws -> Int {
        try decodeIfPresent(Int.self, forKey: key) ?? fallback
    }

    /// Decodes a time in seconds since 1970, with or without a fraction.
    func decodeDate(_ key: Key) throws -> Date? {
        try decodeIfPresent(Double.self, forKey: key).map(Date.init(timeIntervalSince1970:))
    }

    /// Decodes a map without its null entries.
    func decodeMap<Value: Decodable>(_ key: Key) throws -> [String: Value] {
        try decodeIfPresent([String: Value?].self, forKey: key)?.compactMapValues(\.self) ?? [:]
    }
}

extension JSONReader {
    /// Reads a map of texts without its null entries; a map with other values is as good as none.
    mutating func readMetadata() throws(JSONError) -> [String: String] {
        var value = try skipped()
        var entries: [String: String] = [:]
        do {
            try value.readObject { name, json throws(JSONError) in
                if let text = try json.readTextIfPresent() { entries[name.text] = text }
            }
        } catch {
            return [:]
        }
        return entries
    }
}
