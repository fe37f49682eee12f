import HTTPClient
import HTTPTypes

/// The events of a response in the making, in order, up to and including the one that ends it.
///
/// Read it once. It takes bytes from the connection only as it is read; to stop reading, or to cancel the task that
/// reads, ends the transfer. A stream that breaks off, or ends without an ending event, throws ``OpenAIError`` with
/// code `answerCutOff`: the response may be complete all the same, which ``ResponsesAPI/retrieve(_:)`` tells.
public struct ResponseStream: AsyncSequence, Sendable {
    /// An event of the stream.
    public typealias Element = ResponseEvent
    /// What the stream fails with.
    public typealias Failure = OpenAIError

    /// The API's own ID of the request.
    public let requestID: String?
    private let body: HTTPClientBody

    init(_ response: HTTPClientResponse) {
        body = response.body
        requestID = response.head.headerFields.requestID
    }

    /// Makes the iterator; there can be only one.
    public func makeAsyncIterator() -> Iterator {
        Iterator(ServerSentEventReader(body, requestID: requestID))
    }

    /// Reads the events.
    public struct Iterator: AsyncIteratorProtocol {
        /// What reads the transfer; nil once the stream is over, which ends the transfer.
        private var reader: ServerSentEventReader?

        init(_ reader: ServerSentEventReader) {
            self.reader = reader
        }

        /// The next event, or nil after the one that ends the response.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(OpenAIError) -> ResponseEvent? {
            do throws(OpenAIError) {
                guard let raw = try await reader?.next(isolation: actor) else { return nil }
                return try event(from: raw)
            } catch {
                reader = nil
                throw error
            }
        }

        private mutating func event(from raw: ServerSentEvent) throws(OpenAIError) -> ResponseEvent? {
            guard let reader else { return nil }
            let event = try reader.decoding { try WireJSON.decode(ResponseEvent.self, from: raw.data.utf8) }
            if event.isTerminal { self.reader = nil }
            guard case .error(let error) = event else { return event }
            return .error(reader.identified(error))
        }

        /// The next event, or nil after the one that ends the response.
        public mutating func next() async throws(OpenAIError) -> ResponseEvent? {
            try await next(isolation: nil)
        }
    }
}
