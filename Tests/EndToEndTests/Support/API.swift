import Foundation
import HTTPClient
import HTTPTypes

/// A caller of the HTTP API, by libcurl over a real socket.
struct API {
    let authority: String
    private let http: HTTPClient

    static func with<Result>(_ authority: String, _ body: (API) async throws -> Result) async throws -> Result {
        let http = try HTTPClient(configuration: .init(maximumConnectionsPerHost: 2000))
        do {
            let result = try await body(API(authority: authority, http: http))
            await http.shutdown()
            return result
        } catch {
            await http.shutdown()
            throw error
        }
    }

    /// An answer whose body is all there.
    struct Reply {
        let status: Int
        let headers: HTTPFields
        let body: Data

        func decoded<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
            try JSONDecoder.snakeCase.decode(type, from: body)
        }
    }

    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        body: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> Reply {
        let response = try await begin(method, path, body: body, headers: headers)
        let bytes = try await response.body.collect(upTo: 1 << 22)
        return Reply(status: response.head.status.code, headers: response.head.headerFields, body: Data(bytes))
    }

    /// Sends a request, and returns when the answer begins.
    func begin(
        _ method: HTTPRequest.Method,
        _ path: String,
        body: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> HTTPClientResponse {
        var fields = headers
        if body != nil, fields[.contentType] == nil { fields[.contentType] = "application/json" }
        return try await begin(method, path, bytes: body.map { Array($0.utf8) }, headers: fields)
    }

    /// Sends a request with any body, and returns when the answer begins.
    func begin(
        _ method: HTTPRequest.Method,
        _ path: String,
        bytes: [UInt8]?,
        headers: HTTPFields
    ) async throws -> HTTPClientResponse {
        let head = HTTPRequest(method: method, scheme: "http", authority: authority, path: path, headerFields: headers)
        return try await http.execute(HTTPClientRequest(head, body: bytes.map { .bytes($0) } ?? .none))
    }

    /// Asks, and demands an answer.
    func ask(_ message: String, as user: String) async throws -> ChatAnswer {
        let question = try JSONEncoder().encode(["user_id": user, "message": message])
        let reply = try await send(.post, "/chat", body: String(decoding: question, as: UTF8.self))
        guard reply.status == 200 else {
            throw UnexpectedReply(status: reply.status, body: String(decoding: reply.body, as: UTF8.self))
        }
        return try reply.decoded()
    }
}

struct UnexpectedReply: Error {
    let status: Int
    let body: String
}

struct ChatAnswer: Decodable {
    struct Citation: Decodable {
        let fileId: String
        let filename: String
        let quote: String
    }

    let answer: String
    let citations: [Citation]
    let threadId: String
    let responseId: String
    let userId: String
    let revision: Int
    let confidence: String?
    let writtenBy: String?
    let writingFailure: String?
}

struct ProblemDocument: Decodable {
    let type: String
    let title: String
    let status: Int
    let detail: String
    let code: String
    let field: String?
    let requestId: String
}

struct ThreadBody: Decodable {
    let userId: String
    let threadId: String
}

struct MessageList: Decodable {
    struct Message: Decodable {
        let role: String
        let text: String
        let citations: [ChatAnswer.Citation]
    }

    let messages: [Message]
}

struct FileList: Decodable {
    struct File: Decodable {
        let filename: String
        let fileId: String
    }

    let revision: Int
    let files: [File]
}

struct Receipt: Decodable {
    struct LeftOut: Decodable {
        let path: String
        let reason: String
    }

    let dryRun: Bool
    let revision: Int
    let added: [String]
    let replaced: [String]
    let removed: [String]
    let unchanged: Int
    let leftOut: [LeftOut]
    let failed: [LeftOut]
    let threadsFlushed: Int
    let threadsNotFlushed: Int
    let filesDeleted: Int
    let storeRebuilt: Bool
    let assistantChanges: [String]
    let leftBehind: Int
    let leftBehindDeleted: Int
    let ignored: [LeftOut]
    let warnings: [LeftOut]
    let repaired: [String]
    let adopted: [String]?
    let leftAlone: [String]?
    let checks: Checks

    struct Checks: Decodable {
        let passed: Int
        let failed: [LeftOut]
        let skipped: [LeftOut]
        let unchecked: Int
    }
}

extension JSONDecoder {
    static var snakeCase: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }
}
