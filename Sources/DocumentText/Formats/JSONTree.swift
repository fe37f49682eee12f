/// A value of a JSON document with its members in the file's order.
indirect enum JSONTree {
    case object([(key: String, value: JSONTree)])
    case array([JSONTree])
    case string(String)
    /// A number, `true`, `false` or `null` as it is written.
    case literal(String)

    /// The value of a key of an object.
    subscript(key: String) -> JSONTree? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.key == key }?.value
    }

    /// The elements of an array; none for other values.
    var elements: [JSONTree] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// The text of a string.
    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The text of a string, a number, `true` or `false`.
    var scalar: String? {
        switch self {
        case .string(let text): text
        case .literal(let text): text
        case .object, .array: nil
        }
    }
}
