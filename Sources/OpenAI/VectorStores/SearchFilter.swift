/// Which files of a vector store a search looks at, by their attributes.
public enum SearchFilter: Sendable, Hashable {
    /// Compares an attribute with a value.
    case comparison(key: String, Operator, Operand)
    /// All of these hold.
    case and([SearchFilter])
    /// At least one of these holds.
    case or([SearchFilter])

    /// How an attribute is compared.
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

    /// What an attribute is compared with.
    public enum Operand: Sendable, Hashable {
        /// One value.
        case value(AttributeValue)
        /// A list of values, for ``Operator/isIn`` and ``Operator/isNotIn``.
        case list([AttributeValue])
    }

    /// The attribute has this value.
    public static func equal(_ key: String, _ value: AttributeValue) -> SearchFilter {
        .comparison(key: key, .equal, .value(value))
    }

    /// The attribute has one of these values.
    public static func isIn(_ key: String, _ values: [AttributeValue]) -> SearchFilter {
        .comparison(key: key, .isIn, .list(values))
    }
}

extension SearchFilter: Encodable {
    private enum CodingKeys: CodingKey {
        case type, key, value, filters
    }

    /// Encodes the filter as the API writes it.
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
