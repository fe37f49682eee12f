extension Schema {
    /// The schema as JSON Schema, with references to named schemas.
    var json: JSONValue {
        var object = JSONObject()
        switch form {
        case .string(let text):
            object["type"] = jsonType("string")
            text.describe(in: &object, isNullable: isNullable)
        case .integer(let minimum):
            object["type"] = jsonType("integer")
            object["minimum"] = minimum.map { .of($0) }
        case .number(let range):
            object["type"] = jsonType("number")
            object["minimum"] = range.map { .of($0.lowerBound) }
            object["maximum"] = range.map { .of($0.upperBound) }
        case .boolean:
            object["type"] = jsonType("boolean")
        case .array(let element):
            object["type"] = "array"
            object["items"] = element.json
        case .object(let properties):
            var fields = JSONObject()
            for property in properties { fields[property.name] = property.schema.json }
            let required = properties.filter(\.isRequired).map(\.name)
            object["type"] = jsonType("object")
            object["properties"] = .object(fields)
            object["required"] = required.isEmpty ? nil : .of(required)
            object["additionalProperties"] = isClosed ? false : nil
        case .encoded(let content):
            object["type"] = "string"
            object["contentMediaType"] = "application/json"
            object["contentSchema"] = content.json
        case .oneOf(let schemas):
            object["oneOf"] = .array(schemas.map(\.json))
        case .named(let name, _):
            object["$ref"] = "#/components/schemas/\(name)"
        }
        object["description"] = summary.map { .of($0) }
        return .object(object)
    }

    private func jsonType(_ name: String) -> JSONValue {
        isNullable ? [.of(name), "null"] : .of(name)
    }

    /// Adds all named schemas that this one contains, each under its name.
    func addDefinitions(to definitions: inout JSONObject) {
        switch form {
        case .string, .integer, .number, .boolean:
            break
        case .array(let element), .encoded(let element):
            element.addDefinitions(to: &definitions)
        case .object(let properties):
            for property in properties { property.schema.addDefinitions(to: &definitions) }
        case .oneOf(let schemas):
            for schema in schemas { schema.addDefinitions(to: &definitions) }
        case .named(let name, let schema):
            guard definitions[name] == nil else { return }
            definitions[name] = schema.json
            schema.addDefinitions(to: &definitions)
        }
    }
}

extension Schema.Text {
    fileprivate func describe(in object: inout JSONObject, isNullable: Bool) {
        object["minLength"] = length.map { .of($0.lowerBound) }
        object["maxLength"] = length.map { .of($0.upperBound) }
        object["pattern"] = pattern.map { .of($0) }
        object["format"] = format.map { .of($0) }
        let words: [String?] = isNullable ? choices + [nil] : choices
        object["enum"] = choices.isEmpty ? nil : .of(words)
    }
}
