internal import NIOHTTP1

/// A request whose head was received, and the state of its response.
struct Exchange {
    private let version: HTTPVersion
    private let isHead: Bool
    /// Whether the request's end was received.
    var isReceived = false
    /// Whether the client waits for a 100 response before it sends the body.
    private(set) var awaitsContinue: Bool
    /// Whether the connection may carry another request after this one.
    private(set) var isKeptAlive: Bool

    init(_ head: HTTPRequestHead) {
        version = head.version
        isHead = head.method == .HEAD
        awaitsContinue = head.version.minor > 0 && head.headers.contains(name: "expect") && head.announcesBody
        // The decoder reads nothing more after a request with an `upgrade` field.
        isKeptAlive = head.isKeepAlive && !head.headers.contains(name: "upgrade")
    }

    /// Whether informational responses may precede the final one; HTTP/1.0 has none.
    var allowsInformationalResponses: Bool { version.minor > 0 }

    /// Records that the client sends the body, or that 100 was sent.
    mutating func bodyBegan() { awaitsContinue = false }

    /// Records that the rest of the request is malformed.
    mutating func bodyFailed() { isKeptAlive = false }

    /// Adapts the head of the response to the client's version of HTTP, and decides whether the connection stays open.
    mutating func prepare(_ head: inout HTTPResponseHead) {
        let hasKnownLength =
            isHead || !head.status.mayHaveResponseBody || head.headers.contains(name: "content-length")
        // Without a 100 response, the client may or may not send the body.
        if awaitsContinue || (version.minor == 0 && !hasKnownLength) { isKeptAlive = false }
        if head.headers[canonicalForm: "connection"].contains(where: { $0.lowercased() == "close" }) {
            isKeptAlive = false
        }
        if version.minor == 0 { head.version = version }
        if !isKeptAlive {
            head.headers.replaceOrAdd(name: "connection", value: "close")
        } else if version.minor == 0 {
            head.headers.replaceOrAdd(name: "connection", value: "keep-alive")
        }
    }
}
