extension AttributeFilter {
    /// The maximum number of levels of nested filters.
    private static let maximumDepth = 16

    /// Reads `{"type": "eq", "key": …, "value": …}` or `{"type": "and", "filters": […]}`.
    init(_ value: JSONValue, at param: String, depth: Int = 0) throws(APIError) {
        guard depth < Self.maximumDepth else {
            throw .invalid("Invalid '\(param)': filters may nest at most \(Self.maximumDepth) deep.", param: param)
        }
        let fields = try RequestFields(value, at: param)
        let type = try fields.requiredString("type")
        switch type {
        case "and", "or":
            let nested = try RequestFields(value, at: param, known: ["type", "filters"])
            guard let elements = try nested.elements("filters", minimum: 1) else {
                throw .missing(nested.param("filters"))
            }
            var filters: [AttributeFilter] = []
            for (element, param) in elements {
                filters.append(try AttributeFilter(element, at: param, depth: depth + 1))
            }
            self = type == "and" ? .all(filters) : .any(filters)
        default:
            guard let comparison = Comparison(rawValue: type) else {
                let allowed = Comparison.allCases.map(\.rawValue) + ["and", "or"]
                throw .notOneOf(fields.param("type"), got: type, allowed: allowed)
            }
            let leaf = try RequestFields(value, at: param, known: ["type", "key", "value"])
            self = .comparison(
                key: try leaf.requiredString("key"),
                comparison,
                try Self.operands(of: comparison, in: leaf)
            )
        }
    }

    private static func operands(of comparison: Comparison, in fields: RequestFields) throws(APIError)
        -> [AttributeValue]
    {
        let param = fields.param("value")
        guard let value = fields.value("value") else { throw .missing(param) }
        switch (comparison, value) {
        case (.isIn, .array(let elements)), (.isNotIn, .array(let elements)):
            var operands: [AttributeValue] = []
            for (index, element) in elements.enumerated() {
                guard let operand = AttributeValue(element) else {
                    throw .wrongType("\(param)[\(index)]", expected: "a string or number", got: element)
                }
                operands.append(operand)
            }
            return operands
        case (.isIn, _), (.isNotIn, _):
            throw .wrongType(param, expected: "an array", got: value)
        default:
            guard let operand = AttributeValue(value) else {
                throw .wrongType(param, expected: "a string, number or boolean", got: value)
            }
            return [operand]
        }
    }
}
