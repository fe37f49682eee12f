import HTTPClient
import HTTPTypes

/// The events of a streamed answer, in order, up to and including the one that ends it.
///
/// It can be read once. It reads from the connection only as it is read itself; to stop reading, or to cancel the task
/// that reads, ends the transfer. A stream that ends without a terminal event throws ``OpenAIError`` with code
/// `answerCutOff`: the work may be complete upstream all the same.
public struct EventStream<Event: Sendable>: AsyncSequence, Sendable {
    /// An event of the stream.
    public typealias Element = Event
    /// What the stream fails with.
    public typealias Failure = OpenAIError

    /// Decodes an event, with the ID of the request, and says whether no event follows it.
    typealias Decode = @Sendable (ServerSentEvent, _ requestID: String?) throws -> (event: Event, isTerminal: Bool)

    /// The API's ID of the request.
    public let requestID: String?
    private let body: HTTPClientBody
    private let decode: Decode

    init(_ response: HTTPClientResponse, decode: @escaping Decode) {
        body = response.body
        requestID = response.head.headerFields.requestID
        self.decode = decode
    }

    /// Creates the iterator; a stream has only one.
    public func makeAsyncIterator() -> Iterator {
        Iterator(reader: ServerSentEventReader(body, requestID: requestID), decode: decode)
    }

    /// Reads the events.
    public struct Iterator: AsyncIteratorProtocol {
        /// What reads the transfer; nil after the stream's end, which ends the transfer.
        private var reader: ServerSentEventReader?
        private let decode: Decode

        fileprivate init(reader: ServerSentEventReader, decode: @escaping Decode) {
            self.reader = reader
            self.decode = decode
        }

        /// The next event, or nil after the terminal one.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(OpenAIError) -> Event? {
            while let reader {
                if let event = try takeEvent(from: reader) { return event }
                await reader.receive(isolation: actor)
            }
            return nil
        }

        /// Returns the next event of those that have arrived; nil where there is none.
        ///
        /// Not inlined, so that what an event is made of is in no frame that waits.
        @inline(never)
        private mutating func takeEvent(from reader: ServerSentEventReader) throws(OpenAIError) -> Event? {
            do throws(OpenAIError) {
                guard let raw = try reader.takeEvent() else { return nil }
                let (event, isTerminal) = try reader.decoded(raw, by: decode)
                if isTerminal { self.reader = nil }
                return event
            } catch {
                self.reader = nil
                throw error
            }
        }

        /// The next event, or nil after the terminal one.
        public mutating func next() async throws(OpenAIError) -> Event? {
            try await next(isolation: nil)
        }
    }
}
