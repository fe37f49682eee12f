import Testing

/// A response of a scripted API, byte for byte.
struct ScriptedAnswer: Sendable, CustomTestStringConvertible {
    /// The bytes to send; none for a server that closes the connection.
    let bytes: String
    /// Whether the server closes the connection after it.
    var closes = false
    /// Whether the server waits for the client to close the connection.
    var waits = false

    var testDescription: String {
        let end = waits ? "silence" : closes ? "the end" : "more"
        return "\(bytes.prefix { !$0.isNewline }), \(bytes.utf8.count) bytes, then \(end)"
    }

    /// A complete response with a body.
    static func body(
        _ body: String,
        type: String? = "application/json",
        status: Int = 200,
        headers: [String: String] = [:]
    ) -> ScriptedAnswer {
        var head = "HTTP/1.1 \(status) Whatever\r\ncontent-length: \(body.utf8.count)\r\nx-request-id: req_1\r\n"
        if let type { head += "content-type: \(type)\r\n" }
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        return ScriptedAnswer(bytes: head + "\r\n" + body)
    }

    /// An error response of the API.
    static func error(_ status: Int, code: String? = nil, headers: [String: String] = [:]) -> ScriptedAnswer {
        let code = code.map { "\"\($0)\"" } ?? "null"
        return body(
            #"{"error": {"message": "Said upstream.", "type": "invalid_request_error", "#
                + #""param": null, "code": \#(code)}}"#,
            status: status,
            headers: headers
        )
    }

    /// A gateway's page.
    static func page(status: Int) -> ScriptedAnswer {
        body("<!DOCTYPE html><html><body>Gateway</body></html>", type: "text/html", status: status)
    }

    /// An event stream with a proper end of its body, whether or not its events are complete.
    static func events(_ stream: String) -> ScriptedAnswer {
        ScriptedAnswer(bytes: streamHead + chunk(stream) + "0\r\n\r\n")
    }

    /// An event stream whose connection is lost.
    static func cutOffEvents(_ stream: String) -> ScriptedAnswer {
        ScriptedAnswer(bytes: streamHead + chunk(stream), closes: true)
    }

    /// An event stream that stalls.
    static func stallingEvents(_ stream: String) -> ScriptedAnswer {
        ScriptedAnswer(bytes: streamHead + chunk(stream), waits: true)
    }

    /// A response that breaks off when the connection is lost.
    static let cutOff = ScriptedAnswer(
        bytes: "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{\"id\"",
        closes: true
    )

    /// No response: the server closes the connection after the request.
    static let hangUp = ScriptedAnswer(bytes: "", closes: true)

    /// No response: the connection stays open.
    static let silence = ScriptedAnswer(bytes: "", waits: true)

    private static let streamHead =
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\nx-request-id: req_1\r\n"
        + "transfer-encoding: chunked\r\n\r\n"

    private static func chunk(_ text: String) -> String {
        text.isEmpty ? "" : "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n"
    }
}
