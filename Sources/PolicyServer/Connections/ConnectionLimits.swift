/// What one connection may take of the server's time and memory.
struct ConnectionLimits: Sendable {
    /// The longest from the opening to the first request's head, and from any request's head to the end of its body.
    var request = Duration.seconds(30)
    /// The longest from an answer's end to the end of the next request's head; longer than proxies keep one for reuse.
    var idle = Duration.seconds(75)
    /// The longest that a caller may take nothing of an answer that waits for it.
    var stall = Duration.seconds(30)

    /// The most bytes in a request's line and header fields, together and in any one of them.
    static let headerBytes = 32 * 1024
    /// The most header fields in a request.
    static let headerFields = 100

    /// Creates limits from the time that a caller gets for one thing.
    init(callerTimeout: Duration) {
        request = callerTimeout
        stall = callerTimeout
    }
}
