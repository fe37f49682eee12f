import JSON

/// Any JSON, read whole: by our reader, and by Foundation.
indirect enum JSONTree: Equatable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case array([JSONTree])
    case object([String: JSONTree])
}

extension JSONTree: JSONReadable {
    init(reading json: inout JSONReader) throws(JSONError) {
        if try json.readsNull() {
            self = .null
        } else if let boolean = try Self.attempt(&json, { json throws(JSONError) in try json.readBoolean() }) {
            self = .boolean(boolean)
        } else if let number = try Self.attempt(&json, { json throws(JSONError) in try json.readNumber() }) {
            self = .number(number)
        } else if let text = try Self.attempt(&json, { json throws(JSONError) in try json.readText() }) {
            self = .text(text)
        } else if let elements = try Self.attempt(
            &json,
            { json throws(JSONError) in
                try json.readArray(of: JSONTree.self)
            }
        ) {
            self = .array(elements)
        } else {
            var fields: [String: JSONTree] = [:]
            try json.readObject { name, json throws(JSONError) in
                let value = try JSONTree(reading: &json)
                // As Foundation does, which takes the first of several fields of a name.
                if fields[name.text] == nil { fields[name.text] = value }
            }
            self = .object(fields)
        }
    }

    /// Reads a value; nil where it is of another type.
    private static func attempt<Value>(
        _ json: inout JSONReader,
        _ read: (inout JSONReader) throws(JSONError) -> Value
    ) throws(JSONError) -> Value? {
        do throws(JSONError) {
            return try read(&json)
        } catch {
            guard case .mismatched = error else { throw error }
            return nil
        }
    }
}

extension JSONTree: Decodable {
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if var elements = try? decoder.unkeyedContainer() {
            var tree: [JSONTree] = []
            while !elements.isAtEnd { tree.append(try elements.decode(JSONTree.self)) }
            self = .array(tree)
        } else if let fields = try? decoder.container(keyedBy: Name.self) {
            var tree: [String: JSONTree] = [:]
            for name in fields.allKeys { tree[name.stringValue] = try fields.decode(JSONTree.self, forKey: name) }
            self = .object(tree)
        } else {
            let value = try decoder.singleValueContainer()
            if value.decodeNil() {
                self = .null
            } else if let boolean = try? value.decode(Bool.self) {
                self = .boolean(boolean)
            } else if let text = try? value.decode(String.self) {
                self = .text(text)
            } else {
                self = .number(try value.decode(Double.self))
            }
        }
    }
}
