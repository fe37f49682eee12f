internal import Foundation
public import HTTPTypes

/// A request: its head, its body and its timeouts.
public struct HTTPClientRequest: Sendable {
    /// Method, scheme (`http` or `https`), authority, path with query, and header fields.
    ///
    /// The path starts with `/` and is sent unchanged. The client sets the fields that frame the body:
    /// `Content-Length`, `Transfer-Encoding` and the like are invalid, and with a multipart body `Content-Type` is as
    /// well.
    public var head: HTTPRequest

    /// The body.
    public var body: Body

    /// The timeouts of the transfer and its stages.
    public var timeouts: Timeouts

    /// The path of the Unix socket to connect to instead of the authority's host, without a proxy.
    public var unixSocketPath: String?

    /// How many bytes of the response are read at a time, from 1,024 to 524,288.
    ///
    /// The buffer is kept until the response ends. A small one suits a response that arrives in small pieces over a long
    /// time.
    public var readBufferSize: Int

    /// Creates a request.
    public init(
        _ head: HTTPRequest,
        body: Body = .none,
        timeouts: Timeouts = Timeouts(),
        unixSocketPath: String? = nil,
        readBufferSize: Int = 16_384
    ) {
        self.head = head
        self.body = body
        self.timeouts = timeouts
        self.unixSocketPath = unixSocketPath
        self.readBufferSize = readBufferSize
    }
}

extension HTTPClientRequest {
    /// The body of a request.
    public enum Body: Sendable {
        /// No body; `Content-Length: 0` for POST, PUT and PATCH.
        case none
        /// Bytes in memory.
        case bytes([UInt8])
        /// A regular file, read as it is sent; the transfer fails if the file changes meanwhile.
        case file(path: String)
        /// The parts of a `multipart/form-data` body, in order; their files are read as they are sent.
        case multipart([MultipartPart])
        /// Bytes that are written while the request is sent.
        case streamed(StreamedBody)
    }

    /// The timeouts of a transfer and its stages.
    public struct Timeouts: Sendable, Hashable {
        /// The time for name resolution, connection and TLS handshake.
        ///
        /// The wait for one of the host's connections is not included.
        public var connect: Duration

        /// The time from the call to the last byte, waits and the reader's own time included; nil for no limit.
        public var total: Duration?

        /// The maximum time without a byte in either direction; nil for no limit.
        ///
        /// It starts when the connection is ready, and stops while the client does not read because the body's reader
        /// is behind.
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

/// A part of a `multipart/form-data` body.
///
/// Names and file names are sent in UTF-8, as quoted strings of MIME: quotes and backslashes are escaped by a
/// backslash. A control character in one makes the request invalid.
public struct MultipartPart: Sendable {
    /// The form field's name.
    public var name: String

    /// The part's content.
    public var content: Content

    /// Creates a part.
    public init(name: String, content: Content) {
        self.name = name
        self.content = content
    }

    /// The content of a part.
    public enum Content: Sendable {
        /// A field's text.
        case text(String)
        /// A file in memory.
        case bytes([UInt8], filename: String, contentType: String = "application/octet-stream")
        /// A regular file, read as it is sent, with a name that may differ from the path's.
        case file(path: String, filename: String, contentType: String = "application/octet-stream")
        /// An open regular file, read as it is sent.
        case openedFile(OpenedFile, filename: String, contentType: String = "application/octet-stream")
    }
}

/// An open regular file that requests send; the last reference closes it.
///
/// A request reads it at offsets from its start, so that the descriptor's position does not matter and all attempts
/// send the same bytes. The opened file is sent even if its path refers to another file by then.
public final class OpenedFile: Sendable {
    let descriptor: CInt

    /// Duplicates a descriptor, which the caller closes.
    ///
    /// - Parameter descriptor: A descriptor of a regular file, open for reading.
    /// - Throws: ``HTTPClientError`` with the code `fileUnreadable`.
    public init(duplicating descriptor: CInt) throws(HTTPClientError) {
        self.descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard self.descriptor >= 0 else {
            throw HTTPClientError(.fileUnreadable, "a file of the request: its descriptor cannot be duplicated")
        }
    }

    /// Takes ownership of a descriptor.
    init(adopting descriptor: CInt) {
        self.descriptor = descriptor
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
