/// What a JSON value looks like: as much of JSON Schema as the API needs.
struct Schema: Sendable {
    indirect enum Form: Sendable {
        case string(Text)
        case integer(minimum: Int?)
        case boolean
        case array(of: Schema)
        case object([Property])
        /// A string that is JSON in turn.
        case encoded(Schema)
        /// Exactly one of several.
        case oneOf([Schema])
        /// One that is described at one place, under a name.
        case named(String, Schema)
    }

    /// What a string may be; lengths are in Unicode scalars.
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
    /// What the value means.
    var summary: String?
    /// Whether null will do as well.
    var isNullable = false

    static let boolean = Schema(form: .boolean)
    static let string = Schema(form: .string(Text()))
    /// A moment, in ISO 8601.
    static let moment = Schema(form: .string(Text(format: "date-time")))
    /// A whole number from 0 on.
    static let count = Schema(form: .integer(minimum: 0))

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

    /// A schema that is described once, and referred to by its name.
    static func named(_ name: String, _ schema: Schema, _ summary: String? = nil) -> Schema {
        var definition = schema
        definition.summary = summary
        return Schema(form: .named(name, definition))
    }
}

extension Schema.Property {
    /// A field that is always there.
    static func required(_ name: String, _ schema: Schema, _ summary: String) -> Self {
        Self(name: name, schema: schema.meaning(summary), isRequired: true)
    }

    /// A field of a request that may be left out, or be null.
    static func omittable(_ name: String, _ schema: Schema, _ summary: String) -> Self {
        var property = optional(name, schema, summary)
        property.schema.isNullable = true
        return property
    }

    /// A field that may be left out.
    static func optional(_ name: String, _ schema: Schema, _ summary: String) -> Self {
        Self(name: name, schema: schema.meaning(summary), isRequired: false)
    }
}

extension Schema {
    /// The same, with what it means.
    func meaning(_ summary: String) -> Schema {
        var schema = self
        schema.summary = summary
        return schema
    }
}

/// A type of the API's bodies that says what its JSON looks like.
///
/// It stands beside the type itself, and tests hold the one against the other.
protocol Described {
    static var schema: Schema { get }
    /// A value as it might well be.
    static var example: Self { get }
}
