/// A condition on the attributes that a file has in a vector store.
///
/// A file that lacks the key matches no comparison, `ne` and `nin` included: "not the German one" asks for files whose
/// language is known. Numbers compare with numbers and strings, by code point, with strings; values of different types
/// are unequal and in no order.
indirect enum AttributeFilter: Sendable, Hashable {
    /// How a value is compared.
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

    /// The attribute of this key compares so with this value; with an array for `in` and `nin`.
    case comparison(key: String, Comparison, JSONValue)
    /// Every one of these holds.
    case all([AttributeFilter])
    /// At least one of these holds.
    case any([AttributeFilter])

    /// Whether the attributes meet the condition.
    func matches(_ attributes: [String: JSONValue]) -> Bool {
        switch self {
        case .all(let filters): filters.allSatisfy { $0.matches(attributes) }
        case .any(let filters): filters.contains { $0.matches(attributes) }
        case .comparison(let key, let comparison, let operand):
            attributes[key].map { comparison.holds($0, operand) } ?? false
        }
    }
}

extension AttributeFilter.Comparison {
    fileprivate func holds(_ value: JSONValue, _ operand: JSONValue) -> Bool {
        switch self {
        case .equal: value.equals(operand)
        case .notEqual: !value.equals(operand)
        case .greater: value.order(to: operand) == .descending
        case .greaterOrEqual: value.order(to: operand) == .descending || value.order(to: operand) == .same
        case .less: value.order(to: operand) == .ascending
        case .lessOrEqual: value.order(to: operand) == .ascending || value.order(to: operand) == .same
        case .isIn: operand.array?.contains { value.equals($0) } ?? false
        case .isNotIn: !(operand.array?.contains { value.equals($0) } ?? false)
        }
    }
}

extension JSONValue {
    fileprivate enum Order {
        case ascending, same, descending
    }

    fileprivate func equals(_ other: JSONValue) -> Bool {
        if let number = double, let otherNumber = other.double { return number == otherNumber }
        return self == other
    }

    /// The order of two values; nil between values that have none.
    fileprivate func order(to other: JSONValue) -> Order? {
        if let number = double, let otherNumber = other.double {
            return number < otherNumber ? .ascending : number > otherNumber ? .descending : .same
        }
        guard let text = string?.unicodeScalars, let otherText = other.string?.unicodeScalars else { return nil }
        if text.lexicographicallyPrecedes(otherText) { return .ascending }
        return otherText.lexicographicallyPrecedes(text) ? .descending : .same
    }
}
