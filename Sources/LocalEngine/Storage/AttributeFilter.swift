/// The value of a file's attribute in a vector store.
enum AttributeValue: Sendable, Hashable {
    case string(String)
    case integer(Int)
    case number(Double)
    case bool(Bool)
}

extension AttributeValue: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .integer(value)
        } else {
            self = .number(try container.decode(Double.self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .string(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .bool(let value): try container.encode(value)
        }
    }
}

/// A condition on the attributes of a file in a vector store.
///
/// A file that lacks the key matches no comparison, `ne` and `nin` included: "not the German one" asks for files whose
/// language is known. Numbers compare with numbers and strings, by code point, with strings; values of different types
/// are unequal and have no order.
indirect enum AttributeFilter: Sendable, Hashable {
    /// How an attribute compares with a value, or with several for `in` and `nin`.
    enum Comparison: String, Sendable, CaseIterable {
        case equal = "eq"
        case notEqual = "ne"
        case greater = "gt"
        case greaterOrEqual = "gte"
        case less = "lt"
        case lessOrEqual = "lte"
        case isIn = "in"
        case isNotIn = "nin"
    }

    /// The attribute with this key compares in this way with these values: one, or any number for `in` and `nin`.
    case comparison(key: String, Comparison, [AttributeValue])
    /// All of these conditions hold.
    case all([AttributeFilter])
    /// At least one of these conditions holds.
    case any([AttributeFilter])

    /// Whether the attributes meet the condition.
    func matches(_ attributes: [String: AttributeValue]) -> Bool {
        switch self {
        case .all(let filters): filters.allSatisfy { $0.matches(attributes) }
        case .any(let filters): filters.contains { $0.matches(attributes) }
        case .comparison(let key, let comparison, let operands):
            attributes[key].map { comparison.holds($0, operands) } ?? false
        }
    }
}

extension AttributeFilter.Comparison {
    fileprivate func holds(_ value: AttributeValue, _ operands: [AttributeValue]) -> Bool {
        switch self {
        case .equal, .isIn: operands.contains { value.equals($0) }
        case .notEqual, .isNotIn: !operands.contains { value.equals($0) }
        case .greater: operands.contains { value.order(to: $0) == .descending }
        case .greaterOrEqual: operands.contains { [.descending, .same].contains(value.order(to: $0)) }
        case .less: operands.contains { value.order(to: $0) == .ascending }
        case .lessOrEqual: operands.contains { [.ascending, .same].contains(value.order(to: $0)) }
        }
    }
}

extension AttributeValue {
    fileprivate enum Order {
        case ascending, same, descending
    }

    private var double: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .string, .bool: nil
        }
    }

    fileprivate func equals(_ other: AttributeValue) -> Bool {
        if let number = double, let otherNumber = other.double { return number == otherNumber }
        return self == other
    }

    /// The order of two values; nil between values that have none.
    fileprivate func order(to other: AttributeValue) -> Order? {
        if let number = double, let otherNumber = other.double {
            return number < otherNumber ? .ascending : number > otherNumber ? .descending : .same
        }
        guard case .string(let text) = self, case .string(let otherText) = other else { return nil }
        if text.unicodeScalars.lexicographicallyPrecedes(otherText.unicodeScalars) { return .ascending }
        return otherText.unicodeScalars.lexicographicallyPrecedes(text.unicodeScalars) ? .descending : .same
    }
}
