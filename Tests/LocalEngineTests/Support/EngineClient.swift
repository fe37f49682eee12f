import Foundation
import HTTPClient
import HTTPTypes
import Logging
import TestSupport
import Testing

@testable import LocalEngine

/// What an engine answered.
struct Reply: Sendable {
    let status: Int
    let headers: HTTPFields
    let bytes: [UInt8]

    /// The body as JSON; null if it is none.
    var json: JSONValue { (try? JSONValue(json: Data(bytes))) ?? .null }
    /// The body as text.
    var text: String { String(decoding: bytes, as: UTF8.self) }
    /// The ID of the object.
    var id: String { json["id"]?.string ?? "" }

    /// A field of the body's object.
    subscript(key: String) -> JSONValue? { json[key] }

    /// The elements of the body's list.
    var list: [JSONValue] { json["data"]?.array ?? [] }
    /// The IDs of the elements of the body's list.
    var ids: [String] { list.compactMap { $0["id"]?.string } }
    /// The error's code.
    var code: String? { json["error"]?["code"]?.string }
    /// The error's parameter.
    var param: String? { json["error"]?["param"]?.string }
    /// The error's message.
    var message: String? { json["error"]?["message"]?.string }
}

/// Speaks to an engine over its Unix socket, with the product's own HTTP client.
struct EngineClient: Sendable {
    let http: HTTPClient
    let socketPath: String

    /// Sends a request and awaits the whole answer.
    @discardableResult
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ json: JSONValue? = nil,
        headers: HTTPFields? = nil
    ) async throws -> Reply {
        var headers = headers ?? Self.headers(for: path)
        if json != nil { headers[.contentType] = "application/json" }
        return try await send(method, path, headers, json.map { .bytes(Array(try $0.encoded())) } ?? .none)
    }

    /// The headers that a client sends along with any request to a path.
    static func headers(for path: String) -> HTTPFields {
        let isOfAssistants = path.hasPrefix("assistants") || path.hasPrefix("threads")
        guard isOfAssistants, let beta = HTTPField.Name("openai-beta") else {
            return [.authorization: "Bearer sk-local"]
        }
        return [.authorization: "Bearer sk-local", beta: "assistants=v2"]
    }

    /// Sends a request with any body.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ headers: HTTPFields,
        _ body: HTTPClientRequest.Body
    ) async throws -> Reply {
        let response = try await http.execute(request(method, path, headers, body))
        return Reply(
            status: response.head.status.code,
            headers: response.head.headerFields,
            bytes: try await response.body.collect(upTo: 64 << 20)
        )
    }

    /// A request to the engine.
    func request(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ headers: HTTPFields,
        _ body: HTTPClientRequest.Body
    ) -> HTTPClientRequest {
        HTTPClientRequest(
            HTTPRequest(
                method: method,
                scheme: "http",
                authority: "engine",
                path: "/v1/\(path)",
                headerFields: headers
            ),
            body: body,
            unixSocketPath: socketPath
        )
    }

    func get(_ path: String) async throws -> Reply { try await send(.get, path) }
    @discardableResult
    func post(_ path: String, _ json: JSONValue = [:]) async throws -> Reply { try await send(.post, path, json) }
    @discardableResult
    func delete(_ path: String) async throws -> Reply { try await send(.delete, path) }

    /// Uploads a file; the reply is the file.
    @discardableResult
    func upload(_ filename: String, _ text: String, fields: [String: String] = ["purpose": "assistants"]) async throws
        -> Reply
    {
        try await upload(filename, bytes: Array(text.utf8), fields: fields)
    }

    /// Uploads a file of any bytes; the reply is the file.
    @discardableResult
    func upload(
        _ filename: String,
        bytes: [UInt8],
        fields: [String: String] = ["purpose": "assistants"]
    ) async throws -> Reply {
        let fields = fields.map { MultipartPart(name: $0, content: .text($1)) }
        let file = MultipartPart(name: "file", content: .bytes(bytes, filename: filename))
        return try await send(.post, "files", [.authorization: "Bearer sk-local"], .multipart(fields + [file]))
    }

    /// Creates a store that holds files of these names and texts, and waits until they are read.
    ///
    /// - Returns: The store's ID, and the files' IDs in the order of their names.
    func store(_ texts: [String: String]) async throws -> (id: String, files: [String]) {
        var files: [String] = []
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) { files.append(try await upload(name, text).id) }
        let id = try await post("vector_stores", ["file_ids": .array(files.map(JSONValue.string))]).id
        try await indexed(id)
        return (id, files)
    }

    /// Asks a question about the files of a store.
    ///
    /// - Returns: The answer's text, and the names of the files that it cites.
    func answer(
        _ question: String,
        in store: String,
        conversation: String? = nil
    ) async throws -> (text: String, files: [String]) {
        var body: [String: JSONValue] = [
            "model": "gpt-6-luna", "input": .string(question),
            "tools": [["type": "file_search", "vector_store_ids": [.string(store)]]],
        ]
        if let conversation { body["conversation"] = .string(conversation) }
        let message = try await post("responses", .object(body))["output"]?.array?.last
        let content = message?["content"]?.array?.first
        let files = (content?["annotations"]?.array ?? []).compactMap { $0["filename"]?.string }
        return (content?["text"]?.string ?? "", files)
    }

    /// Waits until no file of a store is in progress; the reply is the store.
    @discardableResult
    func indexed(_ store: String) async throws -> Reply {
        try await poll("vector_stores/\(store)") { $0["file_counts"]?["in_progress"] == 0 }
    }

    /// Asks for an object until it is as it should be.
    @discardableResult
    func poll(_ path: String, until isDone: (Reply) -> Bool) async throws -> Reply {
        for _ in 0..<5_000 {
            let reply = try await get(path)
            if isDone(reply) { return reply }
        }
        Issue.record("\(path) never became as it should be")
        return try await get(path)
    }

    /// The texts that a search of a store finds.
    func search(_ store: String, _ query: String, _ more: [String: JSONValue] = [:]) async throws -> [String] {
        let body = more.merging(["query": .string(query)]) { first, _ in first }
        return try await post("vector_stores/\(store)/search", .object(body)).list
            .compactMap { $0["content"]?.array?.first?["text"]?.string }
    }
}
