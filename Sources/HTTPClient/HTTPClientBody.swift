/// A response's body as it arrives: chunks of bytes whose borders mean nothing.
///
/// The client reads ahead of the reader by no more than 256 KiB, and libcurl holds at most what one read from the
/// network decodes to; beyond that the connection is left unread and the server has to wait (more loosely with
/// ``HTTPClient/Configuration/sharesHTTP2Connections``). A body has one reader. When the reader, or a body that never
/// got one, is let go before the end, the transfer ends and its connection is closed.
public struct HTTPClientBody: AsyncSequence, Sendable {
    /// A chunk.
    public typealias Element = [UInt8]
    /// Why a body can end early.
    public typealias Failure = HTTPClientError

    private let unread: Unread

    init(of exchange: Exchange, keeping client: HTTPClient) {
        unread = Unread(exchange: exchange, client: client)
    }

    /// Returns the body's reader; a second one only ever throws ``HTTPClientError/Code/bodyAlreadyRead``.
    public func makeAsyncIterator() -> Iterator {
        Iterator(reader: unread.claim())
    }

    /// Reads the body to its end.
    ///
    /// - Throws: ``HTTPClientError`` with the code `bodyTooLarge` as soon as more than `maximumBytes` have arrived.
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
    /// The one reader of a body.
    public struct Iterator: AsyncIteratorProtocol {
        private let reader: Reader?

        fileprivate init(reader: Reader?) { self.reader = reader }

        /// Returns the bytes that have arrived since the last call, waiting for some; nil after the last.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(HTTPClientError) -> [UInt8]? {
            guard let reader else {
                throw HTTPClientError(.bodyAlreadyRead, "the body has a reader already", progress: .answered)
            }
            return try await reader.exchange.bytes()
        }
    }

    /// Ends the transfer if the body is let go before anyone began to read it.
    private final class Unread: Sendable {
        private let exchange: Exchange
        /// The client lives as long as a body may still arrive through it.
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

    /// Ends the transfer if the reader is let go before the end.
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
