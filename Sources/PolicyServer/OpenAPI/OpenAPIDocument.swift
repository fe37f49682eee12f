internal import HTTPTypes
internal import PolicyAssistant

/// The API's OpenAPI 3.1 document, built from the operations of the routes.
struct OpenAPIDocument {
    let operations: [Operation]
    let authentication: Authentication
    /// The base URL of the paths, absolute or relative to the document's own.
    let server: String
    /// The program's version.
    let programVersion: String

    /// The version of OpenAPI.
    static let version = "3.1.0"

    var json: JSONValue {
        var object = JSONObject()
        object["openapi"] = .of(Self.version)
        object["info"] = [
            "title": "policy-assistant",
            "version": .of(programVersion),
            "summary": "Answers employees' questions from the company's own policy documents, with sources.",
            "description": .of(Self.introduction),
            "license": ["name": "Apache 2.0", "identifier": "Apache-2.0"],
        ]
        object["servers"] = [["url": .of(server)]]
        object["tags"] = .array(tags)
        object["paths"] = .object(paths)
        object["components"] = .object(components)
        return .object(object)
    }

    private static let introduction = """
        Every response has an `x-request-id`. Errors are problem documents (RFC 9457): `code` is for programs, \
        `detail` says what to do.
        """

    private var tags: [JSONValue] {
        let used = Set(operations.map(\.tag))
        return Operation.Tag.allCases.filter(used.contains).map { tag in
            ["name": .of(tag.rawValue), "description": .of(tag.summary)]
        }
    }

    private var paths: JSONObject {
        var paths = JSONObject()
        for described in described {
            let operation = described.operation
            var methods = JSONObject()
            if case .object(let known) = paths[operation.path] { methods = known }
            methods[operation.method.rawValue.lowercased()] = described.json
            paths[operation.path] = .object(methods)
        }
        return paths
    }

    private var described: [DescribedOperation] {
        operations.map { DescribedOperation(operation: $0, authentication: authentication) }
    }

    private var components: JSONObject {
        var definitions = JSONObject()
        for schema in described.flatMap(\.schemas) { schema.addDefinitions(to: &definitions) }
        var components = JSONObject()
        components["schemas"] = .object(definitions)
        var schemes = JSONObject()
        for (name, scheme) in authentication.schemes { schemes[name] = scheme }
        components["securitySchemes"] = authentication.isRequired ? .object(schemes) : nil
        return components
    }
}
