internal import HTTPTypes
internal import PolicyAssistant

/// The description of the API in the words of OpenAPI 3.1, made of the operations of the routes that are served.
struct OpenAPIDocument {
    let operations: [Operation]
    let authentication: Authentication
    /// The URL below which the paths are, absolute or relative to the description's own.
    let server: String
    /// The program's version.
    let programVersion: String

    /// OpenAPI's version.
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
        Every answer has an `x-request-id`. Errors are problem documents (RFC 9457): `code` tells programs what happened, \
        `detail` tells people what to do.
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
        components["securitySchemes"] = authentication.isNeeded ? .object(schemes) : nil
        return components
    }
}
