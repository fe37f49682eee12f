internal import Foundation

/// Any JSON value: requests are read from it, and answers consist of it.
enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

extension JSONValue {
    /// The string, if this is one.
    var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// The elements, if this is an array.
    var array: [JSONValue]? {
        guard case .array(let value) = self else { return nil }
        return value
    }

    /// The fields, if this is an object.
    var object: [String: JSONValue]? {
        guard case .object(let value) = self else { return nil }
        return value
    }

    /// The number, if this is one.
    var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// A field of an object; setting one on anything else does nothing.
    subscript(key: String) -> JSONValue? {
        get { object?[key] }
        set {
            guard case .object(var fields) = self else { return }
            fields[key] = newValue
            self = .object(fields)
        }
    }

    /// A string or null.
    static func optional(_ value: String?) -> JSONValue {
        value.map(JSONValue.string) ?? .null
    }

    /// An integer or null.
    static func optional(_ value: Int?) -> JSONValue {
        value.map(JSONValue.integer) ?? .null
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(floatLiteral value: Double) { self = .number(value) }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(nilLiteral: ()) { self = .null }

    init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }
}

extension JSONValue: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

extension JSONValue {
    /// Reads JSON text.
    ///
    /// - Throws: `DecodingError` if it is not JSON.
    init(json: Data) throws {
        self = try JSONDecoder().decode(JSONValue.self, from: json)
    }

    /// Reads a stored document.
    init(_ stored: JSONText) throws {
        self = try stored.decoded()
    }

    /// The value as JSON text in UTF-8.
    func encoded() throws -> Data {
        try JSONText.encode(self)
    }

    /// The value as a document to be stored.
    func stored() throws -> JSONText {
        try JSONText(encoding: self)
    }
}

extension [String: JSONValue] {
    /// The fields as they are stored.
    func stored() throws -> JSONFields {
        try mapValues { try $0.stored() }
    }
}

extension [String: String] {
    /// The strings as a JSON object.
    var json: JSONValue {
        .object(mapValues(JSONValue.string))
    }
}

extension AttributeValue {
    /// Reads a value of a request; nil for a value that cannot be an attribute.
    init?(_ value: JSONValue) {
        switch value {
        case .string(let value): self = .string(value)
        case .integer(let value): self = .integer(value)
        case .number(let value): self = .number(value)
        case .bool(let value): self = .bool(value)
        case .null, .array, .object: return nil
        }
    }

    var json: JSONValue {
        switch self {
        case .string(let value): .string(value)
        case .integer(let value): .integer(value)
        case .number(let value): .number(value)
        case .bool(let value): .bool(value)
        }
    }
}

extension [String: AttributeValue] {
    /// The attributes as a JSON object.
    var json: JSONValue {
        .object(mapValues(\.json))
    }
}
