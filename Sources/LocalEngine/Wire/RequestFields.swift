/// The fields of a JSON object in a request, read strictly.
///
/// Every error names the parameter by its full path, such as `tools[0].filters.key`. A field that is null counts as absent.
struct RequestFields: Sendable {
    /// The path of the object in the request; empty for the body itself.
    let path: String
    /// All fields, unchanged.
    let values: [String: JSONValue]

    /// Reads an object that may have the known fields and no others; nil allows any.
    init(_ value: JSONValue, at path: String = "", known: Set<String>? = nil) throws(APIError) {
        guard case .object(let values) = value else {
            throw path.isEmpty ? .malformedJSON : .wrongType(path, expected: "an object", got: value)
        }
        self.path = path
        self.values = values
        if let known, let unknown = values.keys.filter({ !known.contains($0) }).min() {
            throw .unknown(param(unknown))
        }
    }

    /// The full name of a field.
    func param(_ key: String) -> String {
        path.isEmpty ? key : "\(path).\(key)"
    }

    /// A field, unchanged; nil if it is absent or null.
    func value(_ key: String) -> JSONValue? {
        guard let value = values[key], value != .null else { return nil }
        return value
    }

    /// Whether the field is present and null.
    func isNull(_ key: String) -> Bool {
        values[key] == .null
    }
}

// MARK: - Scalars

extension RequestFields {
    /// A string of at most `maximum` characters.
    func string(_ key: String, maximum: Int = .max) throws(APIError) -> String? {
        guard let value = value(key) else { return nil }
        return try Self.string(value, at: param(key), maximum: maximum)
    }

    /// A required string, which may not be empty.
    func requiredString(_ key: String, maximum: Int = .max) throws(APIError) -> String {
        guard let string = try string(key, maximum: maximum) else { throw .missing(param(key)) }
        guard !string.isEmpty else { throw .emptyString(param(key)) }
        return string
    }

    /// One of the allowed strings.
    func string(_ key: String, oneOf allowed: [String]) throws(APIError) -> String? {
        guard let string = try string(key) else { return nil }
        guard allowed.contains(string) else { throw .notOneOf(param(key), got: string, allowed: allowed) }
        return string
    }

    /// An integer in a range.
    func integer(_ key: String, in range: ClosedRange<Int>) throws(APIError) -> Int? {
        guard let value = value(key) else { return nil }
        guard case .integer(let integer) = value else {
            throw .wrongType(param(key), expected: "an integer", got: value)
        }
        guard integer >= range.lowerBound else {
            throw .tooSmall(param(key), "integer", got: "\(integer)", minimum: "\(range.lowerBound)")
        }
        guard integer <= range.upperBound else {
            throw .tooGreat(param(key), "integer", got: "\(integer)", maximum: "\(range.upperBound)")
        }
        return integer
    }

    /// A number in a range.
    func number(_ key: String, in range: ClosedRange<Double>) throws(APIError) -> Double? {
        guard let value = value(key) else { return nil }
        guard let number = value.double else { throw .wrongType(param(key), expected: "a decimal number", got: value) }
        guard number >= range.lowerBound else {
            throw .tooSmall(param(key), "decimal", got: "\(number)", minimum: "\(range.lowerBound)")
        }
        guard number <= range.upperBound else {
            throw .tooGreat(param(key), "decimal", got: "\(number)", maximum: "\(range.upperBound)")
        }
        return number
    }

    /// A boolean.
    func bool(_ key: String) throws(APIError) -> Bool? {
        guard let value = value(key) else { return nil }
        guard case .bool(let bool) = value else { throw .wrongType(param(key), expected: "a boolean", got: value) }
        return bool
    }

    /// A string that is the value of a parameter.
    static func string(_ value: JSONValue, at param: String, maximum: Int = .max) throws(APIError) -> String {
        guard let string = value.string else { throw .wrongType(param, expected: "a string", got: value) }
        // There are never more characters than bytes, which are cheaper to count.
        guard string.utf8.count <= maximum || string.unicodeScalars.count <= maximum else {
            throw .stringTooLong(param, count: string.unicodeScalars.count, maximum: maximum)
        }
        return string
    }
}

// MARK: - Nested values

extension RequestFields {
    /// An object that may have the known fields and no others; nil allows any.
    func fields(_ key: String, known: Set<String>? = nil) throws(APIError) -> RequestFields? {
        guard let value = value(key) else { return nil }
        return try RequestFields(value, at: param(key), known: known)
    }

    /// The elements of an array, each with its full name.
    func elements(
        _ key: String,
        minimum: Int = 0,
        maximum: Int = .max
    ) throws(APIError) -> [(value: JSONValue, param: String)]? {
        guard let value = value(key) else { return nil }
        guard let array = value.array else { throw .wrongType(param(key), expected: "an array", got: value) }
        guard array.count >= minimum else { throw .empty(param(key)) }
        guard array.count <= maximum else { throw .tooLong(param(key), count: array.count, maximum: maximum) }
        return array.enumerated().map { ($1, "\(param(key))[\($0)]") }
    }

    /// An array of strings.
    func strings(_ key: String, minimum: Int = 0, maximum: Int = .max) throws(APIError) -> [String]? {
        guard let elements = try elements(key, minimum: minimum, maximum: maximum) else { return nil }
        var strings: [String] = []
        strings.reserveCapacity(elements.count)
        for (value, param) in elements { strings.append(try Self.string(value, at: param)) }
        return strings
    }
}
