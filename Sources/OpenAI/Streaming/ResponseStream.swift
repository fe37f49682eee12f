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
        Iterator(bytes: body.makeAsyncIterator(), requestID: requestID)
    }

    /// Reads the events.
    public struct Iterator: AsyncIteratorProtocol {
        /// The transfer; nil once the stream is over, which ends the transfer.
        private var bytes: HTTPClientBody.AsyncIterator?
        private var parser = ServerSentEventParser()
        /// What the last chunk held and was not returned yet, last event first.
        private var waiting: [ServerSentEvent] = []
        private let requestID: String?

        init(bytes: HTTPClientBody.AsyncIterator, requestID: String?) {
            self.bytes = bytes
            self.requestID = requestID
        }

        /// The next event, or nil after the one that ends the response.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(OpenAIError) -> ResponseEvent? {
            guard bytes != nil else { return nil }
            do throws(OpenAIError) {
                let event = try await read(isolation: actor)
                if event.isTerminal { bytes = nil }
                return event
            } catch {
                bytes = nil
                throw error
            }
        }

        /// The next event, or nil after the one that ends the response.
        public mutating func next() async throws(OpenAIError) -> ResponseEvent? {
            try await next(isolation: nil)
        }

        private mutating func read(isolation actor: isolated (any Actor)?) async throws(OpenAIError) -> ResponseEvent {
            while true {
                if let event = waiting.popLast() { return try decode(event) }
                let chunk: [UInt8]?
                do throws(HTTPClientError) {
                    chunk = try await bytes?.next(isolation: actor)
                } catch {
                    throw identified(FailedAttempt(error).error)
                }
                guard let chunk else { throw identified(OpenAIError(.answerCutOff)) }
                do {
                    waiting = try parser.feed(chunk).reversed()
                } catch {
                    throw identified(
                        OpenAIError(.malformedAnswer, "The OpenAI service sent an event that is too large.")
                    )
                }
            }
        }

        private func decode(_ event: ServerSentEvent) throws(OpenAIError) -> ResponseEvent {
            do {
                let decoded = try WireJSON.decode(ResponseEvent.self, from: event.data.utf8)
                guard case .error(let error) = decoded else { return decoded }
                return .error(identified(error))
            } catch {
                throw identified(OpenAIError(.malformedAnswer, "The OpenAI service sent an event that cannot be read."))
            }
        }

        private func identified(_ error: OpenAIError) -> OpenAIError {
            var error = error
            error.requestID = requestID
            return error
        }
    }
}
