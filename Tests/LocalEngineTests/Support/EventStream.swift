import HTTPClient
import HTTPTypes
import Testing

@testable import LocalEngine

extension EngineClient {
    /// Sends a request for a streamed response, and gives each event as it comes.
    ///
    /// - Returns: The events; what the closure does ends the reading.
    func stream(_ body: JSONValue, _ onEvent: (JSONValue) async throws -> Bool = { _ in true }) async throws
        -> [JSONValue]
    {
        var events: [JSONValue] = []
        try await frames(of: "responses", body) { name, data in
            let event = try JSONValue(JSONText(data))
            #expect(name == event["type"]?.string)
            events.append(event)
            return try await onEvent(event)
        }
        return events
    }

    /// Sends a request for a streamed run, and gives each event as it comes.
    ///
    /// - Returns: The events, without the one that says that there are no more.
    func streamRun(
        _ path: String,
        _ body: JSONValue,
        _ onEvent: (String) async throws -> Bool = { _ in true }
    ) async throws -> [(name: String, object: JSONValue)] {
        var events: [(name: String, object: JSONValue)] = []
        var isDone = false
        try await frames(of: path, body) { name, data in
            #expect(!isDone)
            isDone = data == "[DONE]"
            if isDone { #expect(name == "done") } else { events.append((name, try JSONValue(JSONText(data)))) }
            return try await onEvent(name)
        }
        return events
    }

    /// Gives the name and the data of each frame until the stream ends, or the closure has seen enough.
    private func frames(
        of path: String,
        _ body: JSONValue,
        _ onFrame: (_ name: String, _ data: String) async throws -> Bool
    ) async throws {
        var headers = Self.headers(for: path)
        headers[.contentType] = "application/json"
        let response = try await http.execute(request(.post, path, headers, .bytes(Array(try body.encoded()))))
        #expect(response.head.status == .ok)
        #expect(response.head.headerFields[.contentType] == "text/event-stream; charset=utf-8")
        var text = ""
        for try await bytes in response.body {
            text += String(decoding: bytes, as: UTF8.self)
            while let end = text.firstRange(of: "\n\n") {
                let lines = text[..<end.lowerBound].split(separator: "\n").map(String.init)
                text.removeSubrange(..<end.upperBound)
                try #require(lines.count == 2 && lines[0].hasPrefix("event: ") && lines[1].hasPrefix("data: "))
                let (name, data) = (lines[0].dropFirst("event: ".count), lines[1].dropFirst("data: ".count))
                guard try await onFrame(String(name), String(data)) else { return }
            }
        }
        #expect(text.isEmpty)
    }
}
