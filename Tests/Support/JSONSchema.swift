import Foundation

/// Holds JSON against JSON Schema, as far as the API's description uses it.
///
/// Stricter than the standard: fields that an object's schema does not name are violations, and so are keywords that are
/// not understood here.
public struct JSONSchema {
    /// The document that references are resolved in.
    private let document: [String: Any]

    /// Takes the document that schemas are parts of.
    public init(document: [String: Any]) {
        self.document = document
    }

    /// Finds what is wrong with a value.
    ///
    /// - Parameters:
    ///   - value: A value as `JSONSerialization` reads it.
    ///   - schema: What it should look like.
    ///   - place: Where the value is, for the report.
    /// - Returns: The violations; none where all is well.
    public func violations(of value: Any, against schema: [String: Any], at place: String = "$") -> [String] {
        schema.flatMap { keyword, rule in
            check(value, keyword, rule, in: schema, at: place).map { "\(place): \($0)" }
                + checkParts(of: value, keyword, rule, in: schema, at: place)
        }
    }

    /// Follows a reference of the document, for example `#/components/schemas/Problem`.
    private func resolve(_ reference: String) -> [String: Any]? {
        reference.split(separator: "/").dropFirst().reduce(document as Any?) { part, name in
            (part as? [String: Any])?[String(name)]
        } as? [String: Any]
    }

    /// Checks what concerns the value itself.
    private func check(
        _ value: Any,
        _ keyword: String,
        _ rule: Any,
        in schema: [String: Any],
        at place: String
    ) -> [String] {
        let object = value as? [String: Any]
        let text = value as? String
        switch (keyword, rule) {
        case ("type", let type as String):
            return Self.isOfType(value, type) ? [] : ["is no \(type)"]
        case ("type", let types as [String]):
            return types.contains { Self.isOfType(value, $0) } ? [] : ["is none of \(types)"]
        case ("enum", let choices as [Any]):
            return choices.contains { $0 as? String == text } ? [] : ["is none of \(choices)"]
        case ("minimum", let least as Int):
            return (value as? Int).map { $0 >= least } == true ? [] : ["is less than \(least)"]
        case ("minLength", let least as Int):
            return text.map { $0.unicodeScalars.count >= least } == true ? [] : ["is too short"]
        case ("maxLength", let most as Int):
            return text.map { $0.unicodeScalars.count <= most } == true ? [] : ["is too long"]
        case ("pattern", let pattern as String):
            return text?.range(of: pattern, options: .regularExpression) != nil ? [] : ["does not match \(pattern)"]
        case ("required", let names as [String]):
            return names.filter { object?[$0] == nil }.map { "\($0) is missing" }
        case ("oneOf", let schemas as [[String: Any]]):
            let fitting = schemas.count { violations(of: value, against: $0, at: place).isEmpty }
            return fitting == 1 ? [] : ["fits \(fitting) of the alternatives"]
        case ("properties", _), ("items", _), ("$ref", _), ("description", _), ("format", _), ("allOf", _),
            ("contentMediaType", _), ("contentSchema", _):
            return []
        default:
            return ["is under a rule that is not understood: \(keyword)"]
        }
    }

    /// Checks the parts of the value, and what stands elsewhere.
    private func checkParts(
        of value: Any,
        _ keyword: String,
        _ rule: Any,
        in schema: [String: Any],
        at place: String
    ) -> [String] {
        switch (keyword, rule) {
        case ("properties", let properties as [String: [String: Any]]):
            guard let object = value as? [String: Any] else { return [] }
            return object.flatMap { name, part in
                guard let property = properties[name] else {
                    // Beside other schemas this one need not name all fields.
                    return schema["allOf"] == nil ? ["\(place): \(name) is not described"] : []
                }
                return violations(of: part, against: property, at: "\(place).\(name)")
            }
        case ("items", let schema as [String: Any]):
            return (value as? [Any] ?? []).flatMap { violations(of: $0, against: schema, at: "\(place)[]") }
        case ("allOf", let schemas as [[String: Any]]):
            return schemas.flatMap { violations(of: value, against: $0, at: place) }
        case ("contentSchema", let schema as [String: Any]):
            guard let text = value as? String,
                let content = try? JSONSerialization.jsonObject(with: Data(text.utf8))
            else { return ["\(place): is no JSON"] }
            return violations(of: content, against: schema, at: place)
        case ("$ref", let reference as String):
            guard let schema = resolve(reference) else { return ["\(place): there is no \(reference)"] }
            return violations(of: value, against: schema, at: place)
        default:
            return []
        }
    }

    private static func isOfType(_ value: Any, _ type: String) -> Bool {
        switch type {
        case "object": value is [String: Any]
        case "array": value is [Any]
        case "string": value is String
        case "boolean": value is Bool
        case "integer": value is Int
        case "null": value is NSNull
        default: false
        }
    }
}
