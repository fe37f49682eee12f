public import HTTPTypes

/// A request: its head, its body, and how long it may take.
public struct HTTPClientRequest: Sendable {
    /// Method, scheme (`http` or `https`), authority, path with query, and header fields.
    ///
    /// The path begins with `/` and is sent as it is. The client itself says how the body is framed: fields such as
    /// `Content-Length` or `Transfer-Encoding` are refused, and with a multipart body `Content-Type` is too.
    public var head: HTTPRequest

    /// What is sent after the head.
    public var body: Body

    /// How long the transfer and its stages may take.
    public var timeouts: Timeouts

    /// The Unix socket to connect to in place of the authority's host; no proxy is asked then.
    public var unixSocketPath: String?

    /// Creates a request.
    public init(
        _ head: HTTPRequest,
        body: Body = .none,
        timeouts: Timeouts = Timeouts(),
        unixSocketPath: String? = nil
    ) {
        self.head = head
        self.body = body
        self.timeouts = timeouts
        self.unixSocketPath = unixSocketPath
    }
}

extension HTTPClientRequest {
    /// What a request carries after its head.
    public enum Body: Sendable {
        /// Nothing; a POST, PUT or PATCH then says `Content-Length: 0`.
        case none
        /// Bytes in memory.
        case bytes([UInt8])
        /// A regular file, read as it is sent; one that changes meanwhile makes the transfer fail.
        case file(path: String)
        /// The parts of a `multipart/form-data` body, in order; files among them are read as they are sent.
        case multipart([MultipartPart])
    }

    /// How long a transfer and its stages may take.
    public struct Timeouts: Sendable, Hashable {
        /// From the look-up of the host's name to a connection that is ready, TLS included.
        ///
        /// Waiting for one of the host's connections to become free does not count.
        public var connect: Duration

        /// From the call to the last byte, the waiting and the reader's own time included; nil: no limit.
        public var total: Duration?

        /// The time in which not a byte moves, in either direction; nil: no limit.
        ///
        /// It counts from when the connection is ready, and not while the client itself has stopped reading because
        /// the body's reader is behind.
        public var stall: Duration?

        /// Creates timeouts.
        public init(
            connect: Duration = .seconds(5),
            total: Duration? = .seconds(600),
            stall: Duration? = .seconds(120)
        ) {
            self.connect = connect
            self.total = total
            self.stall = stall
        }
    }
}
