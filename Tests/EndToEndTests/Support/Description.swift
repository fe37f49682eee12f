import Foundation
import HTTPTypes
import TestSupport
import Testing

/// The description of the API, as the server shows it.
struct Description {
    let document: [String: Any]
    let operations: [Operation]

    struct Operation {
        let method: HTTPRequest.Method
        let path: String
        let fields: [String: Any]

        var parameters: [[String: Any]] { fields["parameters"] as? [[String: Any]] ?? [] }
        var responses: [String: [String: Any]] { fields["responses"] as? [String: [String: Any]] ?? [:] }

        /// The path with each parameter's example in its place.
        var examplePath: String {
            let whole = parameters.filter { $0["in"] as? String == "path" }.reduce(path) { path, parameter in
                path.replacing("{\(parameter["name"] ?? "")}", with: "\(parameter["example"] ?? "")")
            }
            let query = parameters.filter { $0["in"] as? String == "query" && $0["example"] != nil }
                .map { "\($0["name"] ?? "")=\($0["example"] ?? "")" }
            return query.isEmpty ? whole : "\(whole)?\(query.joined(separator: "&"))"
        }

        /// The examples of all bodies, each with its schema.
        var examples: [(schema: [String: Any], value: Any)] {
            let body = fields["requestBody"] as? [String: Any]
            let contents = ([body].compactMap(\.self) + responses.values).flatMap { described in
                (described["content"] as? [String: [String: Any]] ?? [:]).values
            }
            return contents.flatMap { content in
                let several = (content["examples"] as? [String: [String: Any]] ?? [:]).values.compactMap { $0["value"] }
                let values = several + [content["example"]].compactMap(\.self)
                return values.map { (content["schema"] as? [String: Any] ?? [:], $0) }
            }
        }

        /// The bodies that the description gives for examples.
        var exampleBodies: [String] {
            let content = (fields["requestBody"] as? [String: Any])?["content"] as? [String: [String: Any]]
            let examples = content?["application/json"]?["examples"] as? [String: [String: Any]] ?? [:]
            return examples.values.compactMap { example in
                example["value"].flatMap { try? JSONSerialization.data(withJSONObject: $0) }
                    .map { String(decoding: $0, as: UTF8.self) }
            }
        }
    }

    init(_ text: Data) throws {
        document = try #require(JSONSerialization.jsonObject(with: text) as? [String: Any])
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        operations = try paths.flatMap { path, methods in
            try methods.map { name, fields in
                let method = try #require(HTTPRequest.Method(name.uppercased()))
                return Operation(method: method, path: path, fields: fields)
            }
        }
    }

    /// Finds what an answer has that the description does not tell of its operation.
    func violations(of reply: API.Reply, to operation: Operation) -> [String] {
        let place = "\(operation.method) \(operation.path) \(reply.status)"
        guard let response = operation.responses[String(reply.status)] else { return ["\(place) is not described"] }
        var violations: [String] = []
        for (name, header) in response["headers"] as? [String: [String: Any]] ?? [:] {
            let isThere = HTTPField.Name(name).map { reply.headers[$0] != nil } ?? false
            if header["required"] as? Bool == true, !isThere { violations.append("\(place) lacks \(name)") }
        }
        let contents = response["content"] as? [String: [String: Any]] ?? [:]
        let mediaType = Self.essence(reply.headers[.contentType] ?? "")
        guard let content = contents.first(where: { Self.essence($0.key) == mediaType })?.value else {
            return violations + (contents.isEmpty && reply.body.isEmpty ? [] : ["\(place) has a body of \(mediaType)"])
        }
        let schema = JSONSchema(document: document)
        let rules = content["schema"] as? [String: Any] ?? [:]
        if mediaType == "text/event-stream" {
            let events = Self.events(in: String(decoding: reply.body, as: UTF8.self))
            return violations + events.flatMap { schema.violations(of: $0, against: rules, at: place) }
        }
        guard mediaType.hasSuffix("json"), operation.path != "/openapi.json" else { return violations }
        guard let value = try? JSONSerialization.jsonObject(with: reply.body) else { return ["\(place) is no JSON"] }
        return violations + schema.violations(of: value, against: rules, at: place)
    }

    private static func essence(_ mediaType: String) -> Substring {
        mediaType.split(separator: ";").first ?? ""
    }

    /// The events of a stream, as objects of their fields.
    static func events(in text: String) -> [[String: String]] {
        text.split(separator: "\n\n").filter { !$0.hasPrefix(":") }.map { block in
            let fields = block.split(separator: "\n").map { $0.split(separator: ": ", maxSplits: 1).map(String.init) }
            return Dictionary(uniqueKeysWithValues: fields.filter { $0.count == 2 }.map { ($0[0], $0[1]) })
        }
    }
}
