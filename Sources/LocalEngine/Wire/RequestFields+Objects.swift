// Objects that occur in several requests.
extension RequestFields {
    /// `metadata`: at most 16 strings, with keys of 64 and values of 512 characters.
    func metadata() throws(APIError) -> [String: String]? {
        guard let fields = try fields("metadata") else { return nil }
        return try fields.entries { (value, param) throws(APIError) in
            try Self.string(value, at: param, maximum: 512)
        }
    }

    /// `attributes`: at most 16 strings, numbers or booleans, with keys of 64 and values of 512 characters.
    func attributes() throws(APIError) -> [String: AttributeValue]? {
        guard let fields = try fields("attributes") else { return nil }
        return try fields.entries { (value, param) throws(APIError) in
            guard let attribute = AttributeValue(value) else {
                throw .wrongType(param, expected: "a string, number or boolean", got: value)
            }
            if case .string = value { _ = try Self.string(value, at: param, maximum: 512) }
            return attribute
        }
    }

    /// `chunking_strategy`, where `auto` is 800 tokens with an overlap of 400.
    func chunking() throws(APIError) -> ChunkingStrategy? {
        guard let fields = try fields("chunking_strategy", known: ["type", "static"]) else { return nil }
        guard try fields.string("type", oneOf: ["auto", "static"]) == "static" else {
            if fields.value("type") == nil { throw .missing(fields.param("type")) }
            return .automatic
        }
        guard let sizes = try fields.fields("static", known: ["max_chunk_size_tokens", "chunk_overlap_tokens"]) else {
            throw .missing(fields.param("static"))
        }
        guard let size = try sizes.integer("max_chunk_size_tokens", in: 100...4096) else {
            throw .missing(sizes.param("max_chunk_size_tokens"))
        }
        guard let overlap = try sizes.integer("chunk_overlap_tokens", in: 0...(size / 2)) else {
            throw .missing(sizes.param("chunk_overlap_tokens"))
        }
        return ChunkingStrategy(size: size, overlap: overlap)
    }

    /// `expires_after` of a vector store, in days after its last use.
    func expirationDays() throws(APIError) -> Int? {
        guard let fields = try fields("expires_after", known: ["anchor", "days"]) else { return nil }
        guard try fields.string("anchor", oneOf: ["last_active_at"]) != nil else {
            throw .missing(fields.param("anchor"))
        }
        guard let days = try fields.integer("days", in: 1...365) else { throw .missing(fields.param("days")) }
        return days
    }

    private func entries<Value>(
        read: (_ value: JSONValue, _ param: String) throws(APIError) -> Value
    ) throws(APIError) -> [String: Value] {
        guard values.count <= 16 else { throw .tooManyKeys(path, count: values.count, maximum: 16) }
        var entries: [String: Value] = [:]
        for (key, value) in values {
            guard key.unicodeScalars.count <= 64 else {
                throw .stringTooLong("\(path) key", count: key.unicodeScalars.count, maximum: 64)
            }
            entries[key] = try read(value, param(key))
        }
        return entries
    }
}
