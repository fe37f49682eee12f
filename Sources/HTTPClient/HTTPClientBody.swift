/// A response's body as it arrives, in chunks of arbitrary sizes.
///
/// The client buffers at most 256 KiB, and libcurl at most what one read from the network decodes to; then the
/// connection is not read until the reader has caught up (with weaker limits for
/// ``HTTPClientConfiguration/sharesHTTP2Connections``). A body has one reader. When the reader, or a body without one,
/// is released before the end, the transfer ends and its connection is closed.
public struct HTTPClientBody: AsyncSequence, Sendable {
    /// A chunk.
    public typealias Element = [UInt8]
    /// What reading fails with.
    public typealias Failure = HTTPClientError

    private let unread: Unread

    init(of exchange: Exchange, keeping client: HTTPClient) {
        unread = Unread(exchange: exchange, client: client)
    }

    /// Returns the body's reader; a second one throws ``HTTPClientError/Code/bodyAlreadyRead``.
    public func makeAsyncIterator() -> Iterator {
        Iterator(reader: unread.claim())
    }

    /// Reads the body to its end.
    ///
    /// - Throws: ``HTTPClientError`` with code `bodyTooLarge` once more than `maximumBytes` have arrived.
    public func collect(upTo maximumBytes: Int) async throws(HTTPClientError) -> [UInt8] {
        var whole: [UInt8] = []
        var iterator = makeAsyncIterator()
        while let chunk = try await iterator.next(isolation: nil) {
            guard chunk.count <= maximumBytes - whole.count else {
                throw HTTPClientError(.bodyTooLarge, "more than \(maximumBytes) bytes", progress: .answered)
            }
            if whole.isEmpty { whole = chunk } else { whole += chunk }
        }
        return whole
    }
}

extension HTTPClientBody {
    /// The reader of a body.
    public struct Iterator: AsyncIteratorProtocol {
        private let reader: Reader?

        fileprivate init(reader: Reader?) { self.reader = reader }

        /// Waits for bytes, and returns all that have arrived since the last call; nil after the last.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(HTTPClientError) -> [UInt8]? {
            guard let reader else {
                throw HTTPClientError(.bodyAlreadyRead, "the body has a reader already", progress: .answered)
            }
            return try await reader.exchange.bytes()
        }
    }

    /// Ends the transfer if the body is released without a reader.
    private final class Unread: Sendable {
        private let exchange: Exchange
        /// Retained, as the body may still be arriving.
        private let client: HTTPClient

        init(exchange: Exchange, client: HTTPClient) {
            self.exchange = exchange
            self.client = client
        }

        deinit {
            if exchange.claimBody() { exchange.abandon() }
        }

        func claim() -> Reader? {
            exchange.claimBody() ? Reader(exchange: exchange, client: client) : nil
        }
    }

    /// Ends the transfer if the reader is released before the end.
    fileprivate final class Reader: Sendable {
        let exchange: Exchange
        private let client: HTTPClient

        init(exchange: Exchange, client: HTTPClient) {
            self.exchange = exchange
            self.client = client
        }

        deinit { exchange.abandon() }
    }
}
