internal import HTTPClient
internal import HTTPTypes

/// The events of a generated text, as they arrive, up to and including `finished`.
///
/// It can be read once, and reads from the connection only as it is read itself. The release of its iterator, or the
/// cancellation of the task that reads, closes the connection, at which servers stop generating.
public struct ChatCompletionStream: AsyncSequence, Sendable {
    /// An event.
    public typealias Element = ChatCompletionEvent
    /// What reading fails with.
    public typealias Failure = ChatCompletionError

    private let body: HTTPClientBody
    private let isEventStream: Bool

    /// The most bytes of a line of the stream, and of a response that is not streamed.
    static let maximumBytes = 1 << 20

    init(_ response: HTTPClientResponse) throws(ChatCompletionError) {
        let type = response.head.headerFields[.contentType]?.lowercased() ?? ""
        isEventStream = type.hasPrefix("text/event-stream")
        guard isEventStream || type.hasPrefix("application/json") else {
            throw ChatCompletionError(.malformed, "the response is neither an event stream nor JSON")
        }
        body = response.body
    }

    /// Creates the iterator; a stream has only one.
    public func makeAsyncIterator() -> Iterator {
        Iterator(body: body, isEventStream: isEventStream)
    }

    /// Reads the events.
    public struct Iterator: AsyncIteratorProtocol {
        private var bytes: HTTPClientBody.Iterator?
        private let isEventStream: Bool
        private var line: [UInt8] = []
        private var waiting: ArraySlice<ChatCompletionEvent> = []
        /// Whether the choice has ended, after which only `[DONE]` or the end of the body is expected.
        private var hasFinished = false

        fileprivate init(body: HTTPClientBody, isEventStream: Bool) {
            bytes = body.makeAsyncIterator()
            self.isEventStream = isEventStream
        }

        /// Returns the next event, or nil after `finished`.
        ///
        /// - Throws: ``ChatCompletionError`` with the code `cutOff` if the stream ends before.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(ChatCompletionError) -> ChatCompletionEvent? {
            while true {
                if let event = waiting.popFirst() { return event }
                if hasFinished { return nil }
                let chunk: [UInt8]?
                do throws(HTTPClientError) {
                    chunk = try await bytes?.next(isolation: actor)
                } catch {
                    bytes = nil
                    throw ChatCompletionError(error)
                }
                do throws(ChatCompletionError) {
                    if let chunk { try take(chunk) } else { try end() }
                } catch {
                    bytes = nil
                    throw error
                }
                if hasFinished { bytes = nil }
            }
        }

        private mutating func take(_ chunk: [UInt8]) throws(ChatCompletionError) {
            for byte in chunk {
                guard isEventStream, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else {
                    guard line.count < ChatCompletionStream.maximumBytes else {
                        throw ChatCompletionError(.malformed, "the response is too large")
                    }
                    line.append(byte)
                    continue
                }
                try endLine()
                if hasFinished { return }
            }
        }

        /// Reads a line of the stream, in which an event of the API is one line of data.
        private mutating func endLine() throws(ChatCompletionError) {
            defer { line.removeAll(keepingCapacity: true) }
            guard line.starts(with: Array("data:".utf8)) else { return }
            let data = line.dropFirst("data:".utf8.count).drop { $0 == UInt8(ascii: " ") }
            if data.elementsEqual("[DONE]".utf8) { return finish([.finished(.stop)]) }
            take(try ChatCompletionChunk(json: data).events)
        }

        /// Reads what is left at the end of the body.
        private mutating func end() throws(ChatCompletionError) {
            if isEventStream {
                try endLine()
            } else {
                take(try ChatCompletionChunk(json: line).events)
            }
            if !hasFinished { throw ChatCompletionError(.cutOff, "the stream ended before the text was complete") }
        }

        private mutating func take(_ events: [ChatCompletionEvent]) {
            let isLast = events.contains { if case .finished = $0 { true } else { false } }
            if isLast { finish(events) } else { waiting += events }
        }

        private mutating func finish(_ events: [ChatCompletionEvent]) {
            waiting += events
            hasFinished = true
        }
    }
}
