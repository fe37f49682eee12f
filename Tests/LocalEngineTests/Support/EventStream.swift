import HTTPClient
import HTTPTypes
import Testing

@testable import LocalEngine

extension EngineClient {
    /// Sends a request for a streamed response, and gives each event as it comes.
    ///
    /// - Returns: The status and the headers; what the closure does ends the reading.
    func stream(_ body: JSONValue, _ onEvent: (JSONValue) async throws -> Bool = { _ in true }) async throws
        -> [JSONValue]
    {
        let headers: HTTPFields = [.authorization: "Bearer sk-local", .contentType: "application/json"]
        let response = try await http.execute(request(.post, "responses", headers, .bytes(Array(try body.encoded()))))
        #expect(response.head.status == .ok)
        #expect(response.head.headerFields[.contentType] == "text/event-stream; charset=utf-8")
        var events: [JSONValue] = []
        var text = ""
        for try await bytes in response.body {
            text += String(decoding: bytes, as: UTF8.self)
            while let end = text.firstRange(of: "\n\n") {
                let lines = text[..<end.lowerBound].split(separator: "\n")
                text.removeSubrange(..<end.upperBound)
                try #require(lines.count == 2)
                let event = try JSONValue(json: String(lines[1].dropFirst("data: ".count)))
                #expect(lines[0] == "event: \(event["type"]?.string ?? "")")
                events.append(event)
                guard try await onEvent(event) else { return events }
            }
        }
        #expect(text.isEmpty)
        return events
    }
}
