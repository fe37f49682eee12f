import Foundation
import HTTPClient
import HTTPTypes

@testable import OpenAI

/// A question as a caller sends it.
struct ChatQuestion: Encodable {
    var message: String
    var userID: String
    var stream: Bool?
    var onDisconnect: String?
    /// Sent as a header.
    var key: String?

    private enum CodingKeys: String, CodingKey {
        case message, stream
        case userID = "user_id"
        case onDisconnect = "on_disconnect"
    }

    init(_ message: String, by user: String) {
        self.message = message
        userID = user
    }

    fileprivate var body: String {
        get throws { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }
    }

    fileprivate var headers: HTTPFields {
        guard let key, let name = HTTPField.Name("idempotency-key") else { return [:] }
        return [name: key]
    }
}

/// An event of a streamed answer.
struct ChatEvent {
    let id: Int
    let name: String
    let data: Data

    /// The text of a delta.
    var text: String {
        (try? JSONDecoder().decode([String: String].self, from: data))?["text"] ?? ""
    }
}

extension API {
    /// Asks, and takes whatever comes.
    func send(_ question: ChatQuestion) async throws -> Reply {
        try await send(.post, "/chat", body: question.body, headers: question.headers)
    }

    /// Asks for a stream and lends it; what was not read when `body` returns is never read.
    func streaming<Result>(
        _ question: ChatQuestion,
        _ body: (inout ChatStream) async throws -> Result
    ) async throws -> Result {
        var question = question
        question.stream = true
        var stream = ChatStream(try await begin(.post, "/chat", body: question.body, headers: question.headers))
        return try await body(&stream)
    }

    /// Goes on with a turn's stream after an event.
    func resuming<Result>(
        _ turn: String,
        after id: Int,
        query: String = "",
        _ body: (inout ChatStream) async throws -> Result
    ) async throws -> Result {
        let headers = HTTPField.Name("last-event-id").map { HTTPFields([HTTPField(name: $0, value: "\(id)")]) } ?? [:]
        var stream = ChatStream(try await begin(.get, "/chat/\(turn)/events\(query)", headers: headers))
        return try await body(&stream)
    }
}

/// A streamed answer, or the problem that came in its place.
struct ChatStream {
    let head: HTTPResponse
    private var chunks: HTTPClientBody.AsyncIterator
    private var parser = ServerSentEventParser()
    private var waiting: ArraySlice<ServerSentEvent> = []

    init(_ response: HTTPClientResponse) {
        head = response.head
        chunks = response.body.makeAsyncIterator()
    }

    var status: Int { head.status.code }
    var turn: String? { HTTPField.Name("x-turn-id").flatMap { head.headerFields[$0] } }

    /// The next event; nil after the last.
    mutating func next() async throws -> ChatEvent? {
        while true {
            if let event = waiting.popFirst() {
                return ChatEvent(id: Int(event.lastID) ?? 0, name: event.type, data: Data(event.data.utf8))
            }
            guard let chunk = try await chunks.next(isolation: nil) else { return nil }
            waiting = try parser.feed(chunk)[...]
        }
    }

    /// The events that are still to come, or so many of them.
    mutating func events(upTo count: Int = .max) async throws -> [ChatEvent] {
        var events: [ChatEvent] = []
        while events.count < count, let event = try await next() { events.append(event) }
        return events
    }

    /// The body of an answer that is no stream.
    mutating func rest() async throws -> Data {
        var data = Data()
        while let chunk = try await chunks.next(isolation: nil) { data += chunk }
        return data
    }
}
