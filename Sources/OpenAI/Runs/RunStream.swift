import HTTPClient
import HTTPTypes

/// The events of a run, in order, up to and including the one that ends it.
///
/// Read it once. It takes bytes from the connection only as it is read; to stop reading, or to cancel the task that
/// reads, ends the transfer, but not the run, which ``RunsAPI/cancel(_:of:)`` does. A stream that breaks off, or ends
/// without an ending event, throws ``OpenAIError`` with code `answerCutOff`: the run may go on all the same, which
/// ``RunsAPI/wait(for:of:timeout:interval:)`` tells.
public struct RunStream: AsyncSequence, Sendable {
    /// An event of the stream.
    public typealias Element = RunEvent
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

        /// The next event, or nil after the one that ends the run.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(OpenAIError) -> RunEvent? {
            do throws(OpenAIError) {
                guard let raw = try await reader?.next(isolation: actor) else { return nil }
                return try event(from: raw)
            } catch {
                reader = nil
                throw error
            }
        }

        private mutating func event(from raw: ServerSentEvent) throws(OpenAIError) -> RunEvent? {
            guard let reader else { return nil }
            // The API's last word; before it, the run should have ended.
            guard raw.data != "[DONE]" else { throw reader.identified(OpenAIError(.answerCutOff)) }
            let event = try reader.decoding { try RunEvent(raw) }
            if event.isTerminal { self.reader = nil }
            guard case .error(let error) = event else { return event }
            return .error(reader.identified(error))
        }

        /// The next event, or nil after the one that ends the run.
        public mutating func next() async throws(OpenAIError) -> RunEvent? {
            try await next(isolation: nil)
        }
    }
}
