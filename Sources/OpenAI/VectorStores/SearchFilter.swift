/// A filter of a vector store's files by their attributes.
public enum SearchFilter: Sendable, Hashable {
    /// Compares an attribute with a value.
    case comparison(key: String, Operator, Operand)
    /// All of these hold.
    case and([SearchFilter])
    /// At least one of these holds.
    case or([SearchFilter])

    /// A comparison operator.
    public enum Operator: String, Sendable, Hashable {
        /// Equal.
        case equal = "eq"
        /// Not equal.
        case notEqual = "ne"
        /// Greater.
        case greater = "gt"
        /// Greater or equal.
        case greaterOrEqual = "gte"
        /// Less.
        case less = "lt"
        /// Less or equal.
        case lessOrEqual = "lte"
        /// One of a list.
        case isIn = "in"
        /// None of a list.
        case isNotIn = "nin"
    }

    /// The value that an attribute is compared with.
    public enum Operand: Sendable, Hashable {
        /// One value.
        case value(AttributeValue)
        /// A list of values, for ``Operator/isIn`` and ``Operator/isNotIn``.
        case list([AttributeValue])
    }

    /// The attribute equals the value.
    public static func equal(_ key: String, _ value: AttributeValue) -> SearchFilter {
        .comparison(key: key, .equal, .value(value))
    }

    /// The attribute equals one of the values.
    public static func isIn(_ key: String, _ values: [AttributeValue]) -> SearchFilter {
        .comparison(key: key, .isIn, .list(values))
    }
}

extension SearchFilter: Encodable {
    private enum CodingKeys: CodingKey {
        case type, key, value, filters
    }

    /// Encodes the filter as an object with its type.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .comparison(let key, let comparison, let operand):
            try fields.encode(comparison.rawValue, forKey: .type)
            try fields.encode(key, forKey: .key)
            switch operand {
            case .value(.string(let value)): try fields.encode(value, forKey: .value)
            case .value(.number(let value)): try fields.encode(value, forKey: .value)
            case .value(.bool(let value)): try fields.encode(value, forKey: .value)
            case .list(let values): try fields.encode(values, forKey: .value)
            }
        case .and(let filters):
            try fields.encode("and", forKey: .type)
            try fields.encode(filters, forKey: .filters)
        case .or(let filters):
            try fields.encode("or", forKey: .type)
            try fields.encode(filters, forKey: .filters)
        }
    }
}

/// An attribute's value of a file in a vector store.
public enum AttributeValue: Sendable, Hashable {
    /// A text of at most 512 characters.
    case string(String)
    /// A number; dates are seconds since 1970.
    case number(Double)
    /// A Boolean value.
    case bool(Bool)
}

extension AttributeValue: Codable {
    /// Decodes a string, a number or a Boolean value.
    public init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        // The most frequent type first: a failed attempt is expensive.
        if let string = try? value.decode(String.self) {
            self = .string(string)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else {
            self = .bool(try value.decode(Bool.self))
        }
    }

    /// Encodes the bare value.
    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .string(let string): try value.encode(string)
        case .number(let number): try value.encode(number)
        case .bool(let bool): try value.encode(bool)
        }
    }
}

extension AttributeValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral
{
    /// Creates a text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Creates a number.
    public init(integerLiteral value: Int) { self = .number(Double(value)) }
    /// Creates a number.
    public init(floatLiteral value: Double) { self = .number(value) }
    /// Creates a Boolean value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}
