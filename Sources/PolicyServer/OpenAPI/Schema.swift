/// The schema of a JSON value: the subset of JSON Schema that the API needs.
struct Schema: Sendable {
    indirect enum Form: Sendable {
        case string(Text)
        case integer(minimum: Int?)
        case number(ClosedRange<Double>?)
        case boolean
        case array(of: Schema)
        case object([Property])
        /// A string that contains JSON.
        case encoded(Schema)
        /// Exactly one of several.
        case oneOf([Schema])
        /// A named schema, which is defined once and referenced.
        case named(String, Schema)
    }

    /// The constraints of a string; lengths are in Unicode scalars.
    struct Text: Sendable {
        var length: ClosedRange<Int>?
        var pattern: String?
        var format: String?
        var choices: [String] = []
    }

    /// A field of an object.
    struct Property: Sendable {
        let name: String
        var schema: Schema
        let isRequired: Bool
    }

    var form: Form
    /// The meaning of the value.
    var summary: String?
    /// Whether null is allowed.
    var isNullable = false
    /// Whether an object has no other fields than those described.
    var isClosed = false

    static let number = Schema(form: .number(nil))
    static let boolean = Schema(form: .boolean)
    static let string = Schema(form: .string(Text()))
    /// A date and time (RFC 3339).
    static let dateTime = Schema(form: .string(Text(format: "date-time")))
    /// An integer from 0.
    static let count = Schema(form: .integer(minimum: 0))

    static func integer(from minimum: Int) -> Schema {
        Schema(form: .integer(minimum: minimum))
    }

    static func number(_ range: ClosedRange<Double>) -> Schema {
        Schema(form: .number(range))
    }

    static func string(_ length: ClosedRange<Int>, pattern: String? = nil) -> Schema {
        Schema(form: .string(Text(length: length, pattern: pattern)))
    }

    static func string(pattern: String) -> Schema {
        Schema(form: .string(Text(pattern: pattern)))
    }

    static func choice(_ words: [String]) -> Schema {
        Schema(form: .string(Text(choices: words)))
    }

    static func array(of element: Schema) -> Schema {
        Schema(form: .array(of: element))
    }

    static func encoded(_ content: Schema) -> Schema {
        Schema(form: .encoded(content))
    }

    static func oneOf(_ schemas: [Schema], _ summary: String? = nil) -> Schema {
        Schema(form: .oneOf(schemas), summary: summary)
    }

    static func object(_ properties: Property...) -> Schema {
        Schema(form: .object(properties))
    }

    /// An object without other fields than these.
    static func closedObject(_ properties: [Property]) -> Schema {
        Schema(form: .object(properties), isClosed: true)
    }

    /// A schema that is defined once, and referenced by its name.
    static func named(_ name: String, _ schema: Schema, _ summary: String? = nil) -> Schema {
        var definition = schema
        definition.summary = summary
        return Schema(form: .named(name, definition))
    }
}

extension Schema.Property {
    /// A field that is always present.
    static func required(_ name: String, _ schema: Schema, _ summary: String) -> Self {
        Self(name: name, schema: schema.meaning(summary), isRequired: true)
    }

    /// A field of a request that may be absent or null.
    static func omittable(_ name: String, _ schema: Schema, _ summary: String) -> Self {
        var property = optional(name, schema, summary)
        property.schema.isNullable = true
        return property
    }

    /// A field that may be absent.
    static func optional(_ name: String, _ schema: Schema, _ summary: String) -> Self {
        Self(name: name, schema: schema.meaning(summary), isRequired: false)
    }
}

extension Schema {
    /// Returns the schema with the meaning of a value.
    func meaning(_ summary: String) -> Schema {
        var schema = self
        schema.summary = summary
        return schema
    }
}

/// A body of the API with a schema of its JSON.
///
/// The schema is written beside the type, and tests compare the two.
protocol Described {
    static var schema: Schema { get }
    /// An example.
    static var example: Self { get }
}
