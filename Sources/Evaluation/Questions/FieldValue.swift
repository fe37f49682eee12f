/// A value of JSON or YAML.
enum FieldValue: Sendable, Equatable {
    case null
    case bool(Bool)
    /// A number, in its source form where that is known.
    case number(String)
    case text(String)
    case list([FieldValue])
    case fields([String: FieldValue])

    /// The value as a text, if it is a text or a number.
    var scalar: String? {
        switch self {
        case .text(let text), .number(let text): text
        case .null, .bool, .list, .fields: nil
        }
    }

    /// The texts of a list, if it has nothing else.
    var scalars: [String]? {
        guard case .list(let values) = self else { return nil }
        let texts = values.compactMap(\.scalar)
        return texts.count == values.count ? texts : nil
    }
}

extension FieldValue: Decodable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .number("\(value)")
        } else if let value = try? container.decode(Double.self) {
            self = .number("\(value)")
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let values = try? container.decode([FieldValue].self) {
            self = .list(values)
        } else {
            self = .fields(try container.decode([String: FieldValue].self))
        }
    }
}
