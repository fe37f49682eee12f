internal import NIOHTTP1

/// A request whose head has come, and what is known of its answer.
struct Exchange {
    private let version: HTTPVersion
    private let isHead: Bool
    /// Whether the request's end has come.
    var isReceived = false
    /// Whether the caller holds the body back until it is told to go on.
    private(set) var awaitsContinue: Bool
    /// Whether the connection may be used for another request after this one.
    private(set) var isKeptAlive: Bool

    init(_ head: HTTPRequestHead) {
        version = head.version
        isHead = head.method == .HEAD
        awaitsContinue = head.version.minor > 0 && head.headers.contains(name: "expect") && head.announcesBody
        // The decoder reads nothing more after a request that offers another protocol.
        isKeptAlive = head.isKeepAlive && !head.headers.contains(name: "upgrade")
    }

    /// Whether the answer may be announced by informational ones, which HTTP/1.0 does not know.
    var takesInformationalHeads: Bool { version.minor > 0 }

    /// The body comes, or is asked for.
    mutating func bodyIsOnItsWay() { awaitsContinue = false }

    /// The rest of the request cannot be understood.
    mutating func isBroken() { isKeptAlive = false }

    /// Makes the head of the answer one that the caller understands, and decides whether the connection ends with it.
    mutating func prepare(_ head: inout HTTPResponseHead) {
        let hasKnownLength =
            isHead || !head.status.mayHaveResponseBody || head.headers.contains(name: "content-length")
        // Whether a body follows that nobody asked for cannot be known.
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
