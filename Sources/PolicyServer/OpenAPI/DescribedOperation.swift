internal import HTTPTypes
internal import PolicyAssistant

/// An operation in the OpenAPI document, with the parts that depend on the mode of authentication.
struct DescribedOperation {
    let operation: Operation
    let authentication: Authentication

    /// The schemas of the request's and the responses' bodies.
    var schemas: [Schema] {
        (operation.body?.forms.map(\.schema) ?? []) + [Problem.Document.schema]
            + operation.replies.flatMap(\.contents).map(\.schema)
    }

    var json: JSONValue {
        var object = JSONObject()
        object["operationId"] = .of(operation.id)
        object["tags"] = .array([.of(operation.tag.rawValue)])
        object["summary"] = .of(operation.summary)
        object["description"] = operation.details.map { .of($0) }
        object["parameters"] = operation.parameters.isEmpty ? nil : .array(operation.parameters.map(\.json))
        object["requestBody"] = operation.body?.json
        object["responses"] = .object(responses)
        object["security"] = .array(requiresAuthentication ? authentication.schemes.map { [$0.name: []] } : [])
        return .object(object)
    }

    private var requiresAuthentication: Bool {
        authentication.isRequired && operation.access.requiresAuthentication
    }

    /// The problems of all responses.
    var problems: [ProblemKind] {
        guard authentication.isRequired else {
            return operation.problems.filter { $0.status != .unauthorized && $0.status != .forbidden }
                + [ProblemKind(.hostNotAllowed)] + ProblemKind.ofAll
        }
        guard operation.access != .anyone else { return operation.problems + ProblemKind.ofAll }
        var problems = operation.problems + [.storeUnavailable]
        if case .token(let tokens) = authentication {
            problems.append(ProblemKind(.identityUnavailable))
            if tokens.signIn != nil, !operation.method.isSafe { problems.append(ProblemKind(.invalidCSRFToken)) }
        }
        if operation.access.requiresAuthentication { problems.append(ProblemKind(.unauthorized)) }
        if operation.access == .owner || operation.access == .administrator { problems.append(ProblemKind(.forbidden)) }
        return problems + ProblemKind.ofAll
    }

    private var responses: JSONObject {
        var responses = JSONObject()
        for reply in operation.replies { responses[String(reply.status.code)] = reply.json }
        for (status, problems) in Dictionary(grouping: problems, by: \.status.code).sorted(by: { $0.key < $1.key }) {
            let others = operation.replies.filter { $0.status.code == status }.flatMap(\.contents)
            responses[String(status)] = Self.response(problems, or: others)
        }
        return responses
    }

    /// The response of one status, with an example of each of its problems, and the other bodies that it may have.
    private static func response(_ problems: [ProblemKind], or others: [Content]) -> JSONValue {
        var examples = JSONObject()
        for problem in problems { examples[problem.code] = ["value": problem.example] }
        let codes = examples.fields.map(\.name)
        var headers = [HeaderDescription.requestID]
        if let status = problems.first?.status {
            if status == .unauthorized { headers.append(.challenge) }
            if status == .tooManyRequests || status == .serviceUnavailable { headers.append(.retryAfter) }
        }
        let schema: JSONValue = [
            "allOf": [Problem.Document.schema.json],
            "properties": ["code": ["enum": .of(codes)]],
        ]
        var contents = JSONObject()
        contents[Problem.mediaType] = ["schema": schema, "examples": .object(examples)]
        for content in others { contents[content.mediaType] = content.json }
        return [
            "description": .of(codes.map { "`\($0)`" }.joined(separator: ", ")),
            "headers": headers.json,
            "content": .object(contents),
        ]
    }
}

extension Parameter {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object["name"] = .of(name)
        object["in"] = .of(place.rawValue)
        object["required"] = .of(isRequired)
        object["description"] = .of(summary)
        object["schema"] = schema.json
        object["example"] = example
        return .object(object)
    }
}

extension BodyDescription {
    fileprivate var json: JSONValue {
        var contents = JSONObject()
        for form in forms {
            var content = JSONObject()
            content["schema"] = form.schema.json
            if !form.examples.isEmpty {
                var values = JSONObject()
                for (name, value) in form.examples { values[name] = ["value": value] }
                content["examples"] = .object(values)
            }
            contents[form.mediaType] = .object(content)
        }
        return [
            "required": true,
            "description": "At most \(maximumBytes) bytes.",
            "content": .object(contents),
        ]
    }
}

extension Reply {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object["description"] = .of(summary)
        object["headers"] = ([.requestID] + headers).json
        var bodies = JSONObject()
        for content in contents { bodies[content.mediaType] = content.json }
        object["content"] = contents.isEmpty ? nil : .object(bodies)
        return .object(object)
    }
}

extension Content {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        object["schema"] = schema.json
        object["example"] = example
        return .object(object)
    }
}

extension [HeaderDescription] {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        for header in self {
            object[header.name.rawName] = [
                "description": .of(header.summary), "required": .of(header.isRequired), "schema": header.schema.json,
            ]
        }
        return .object(object)
    }
}
