internal import HTTPClient
internal import HTTPTypes
internal import Synchronization

/// A server that has a part of the embedded engine's API, or has it with faults: it passes requests on to an engine, unless
/// its rule says otherwise.
public final class PartialServer: Sendable {
    /// What becomes of a request.
    public enum Treatment: Sendable {
        /// The engine answers.
        case pass
        /// The engine answers a request that has another body.
        case change(@Sendable (_ body: String) -> String)
        /// The server answers by itself.
        case answer(ScriptedReply)
        /// The engine does what is asked, and the caller gets no answer until it leaves.
        case loseAnswer
    }

    /// Says what becomes of a request, given its method and its path below the prefix, such as `POST vector_stores/vs_1/files`.
    public typealias Rule = @Sendable (_ call: String, _ request: ReceivedRequest) -> Treatment

    private let prefix: String
    private let rule: Rule
    private let engine: String
    private let http: HTTPClient
    private let state = Mutex((calls: [String](), created: [String]()))

    init(_ prefix: String, _ rule: @escaping Rule, engine: String, http: HTTPClient) {
        (self.prefix, self.rule, self.engine, self.http) = (prefix, rule, engine, http)
    }

    /// The calls so far, such as `GET models`.
    public var calls: [String] { state.withLock(\.calls) }

    /// The paths of the created objects that the engine still has.
    public func leftObjects() async throws -> [String] {
        var left: [String] = []
        for path in state.withLock(\.created) {
            let (status, _, _) = try await send(.get, "/v1/\(path)", [:], [])
            if status == 200 { left.append(path) }
        }
        return left
    }

    func serve(_ connection: ScriptedConnection) async throws {
        while var request = try await connection.request() {
            let words = request.line.split(separator: " ").map(String.init)
            guard words[1].hasPrefix(prefix + "/") else {
                guard try await ScriptedReply.page(status: 404).send(over: connection) else { return }
                continue
            }
            let path = String(words[1].dropFirst(prefix.count + 1))
            let call = "\(words[0]) \(path.prefix { $0 != "?" })"
            state.withLock { $0.calls.append(call) }
            switch rule(call, request) {
            case .pass: break
            case .change(let change): request.body = Array(change(request.text).utf8)
            case .answer(let reply):
                guard try await reply.send(over: connection) else { return }
                continue
            case .loseAnswer:
                _ = try await pass(request, words[0], path)
                return await connection.closed()
            }
            let (status, type, body) = try await pass(request, words[0], path)
            let head = "HTTP/1.1 \(status) Whatever\r\ncontent-type: \(type)\r\ncontent-length: \(body.count)\r\n\r\n"
            try await connection.send(Array(head.utf8) + body)
        }
    }

    private func pass(
        _ request: ReceivedRequest,
        _ method: String,
        _ path: String
    ) async throws -> (status: Int, type: String, body: [UInt8]) {
        let method = HTTPRequest.Method(method) ?? .get
        var fields: HTTPFields = [:]
        for name in ["content-type", "accept", "openai-beta"] {
            if let field = HTTPField.Name(name) { fields[field] = request[name] }
        }
        let answer = try await send(method, "/v1/\(path)", fields, request.body)
        // Objects below others are deleted with them.
        if method == .post, !path.contains("/"), let id = Self.id(in: answer.body) {
            state.withLock { $0.created.append("\(path)/\(id)") }
        }
        return answer
    }

    private static func id(in body: [UInt8]) -> String? {
        let text = String(decoding: body, as: UTF8.self)
        return text.firstMatch(of: /"id": ?"((?:resp|conv|thread|asst|vs)_[^"]+|file-[^"]+)"/).map { String($0.1) }
    }

    private func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ fields: HTTPFields,
        _ body: [UInt8]
    ) async throws -> (status: Int, type: String, body: [UInt8]) {
        var fields = fields
        // The engine takes any key, but not without one.
        fields[.authorization] = "Bearer any"
        var request = HTTPClientRequest(
            HTTPRequest(method: method, scheme: "http", authority: "localhost", path: path, headerFields: fields),
            body: body.isEmpty ? .none : .bytes(body)
        )
        request.unixSocketPath = engine
        let response = try await http.execute(request)
        let type = response.head.headerFields[.contentType] ?? "application/json"
        return (response.head.status.code, type, try await response.body.collect(upTo: 1 << 24))
    }
}

/// Runs a partial server on a free port of the loopback address, over an engine of its own, while `body` runs.
///
/// - Parameters:
///   - prefix: The prefix of all paths.
///   - rule: Says what becomes of each request.
///   - body: Gets the server and its base URL.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws, or what kept the engine from running.
public func withPartialServer<Result>(
    prefix: String = "/v1",
    _ rule: @escaping PartialServer.Rule = { _, _ in .pass },
    _ body: (_ server: PartialServer, _ baseURL: String) async throws -> Result
) async throws -> Result {
    try await withTemporaryFolder { folder in
        let socket = "\(folder)/engine.sock"
        return try await withLocalEngine(databasePath: "\(folder)/engine.sqlite", socketPath: socket) {
            let http = try HTTPClient()
            let server = PartialServer(prefix, rule, engine: socket, http: http)
            let result = try await withScriptedServer(script: server.serve) { address in
                try await body(server, "http://\(address.authority)\(prefix)")
            }
            await http.shutdown()
            return result
        }
    }
}

extension ScriptedReply {
    /// A generated text of `POST /chat/completions`, as a stream where the request asks for one.
    public static func chatCompletion(to request: ReceivedRequest) -> ScriptedReply {
        guard request.text.contains(#""stream":true"#) else {
            return .json(
                #"{"choices": [{"index": 0, "message": {"role": "assistant", "content": "ready"}, "#
                    + #""finish_reason": "stop"}], "usage": {"completion_tokens": 1}}"#
            )
        }
        let parts = [
            #"{"choices": [{"index": 0, "delta": {"role": "assistant"}}]}"#,
            #"{"choices": [{"index": 0, "delta": {"content": "rea"}}]}"#,
            #"{"choices": [{"index": 0, "delta": {"content": "dy"}}]}"#,
            #"{"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}"#, "[DONE]",
        ]
        return .body(parts.map { "data: \($0)\n\n" }.joined(), type: "text/event-stream")
    }
}
