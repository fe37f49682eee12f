internal import OpenAI

/// The events of a streamed response; iterated once.
///
/// It reads from the connection only as it is iterated, and throws unless the response ends whole.
struct ResponsesAdapterEvents: AsyncSequence, Sendable {
    private let events: ResponseStream
    private let acceptsCut: Bool
    private let onResponse: @Sendable (_ id: String) -> Void

    /// - Parameters:
    ///   - events: The events of the wire.
    ///   - acceptsCut: Whether an answer counts as whole that was cut at its maximum length.
    ///   - onResponse: Receives the response's ID, with the first event that has it and with the last.
    init(_ events: ResponseStream, acceptsCut: Bool, onResponse: @escaping @Sendable (_ id: String) -> Void) {
        self.events = events
        self.acceptsCut = acceptsCut
        self.onResponse = onResponse
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(events: events.makeAsyncIterator(), acceptsCut: acceptsCut, onResponse: onResponse)
    }

    /// A class, so that a task that waits for an event has a reference in its frame.
    final class Iterator: AsyncIteratorProtocol {
        private var events: ResponseStream.Iterator
        private let acceptsCut: Bool
        private let onResponse: @Sendable (_ id: String) -> Void
        private var transcript = ResponseTranscript()
        /// The events to yield next.
        private var waiting: ArraySlice<UpstreamEvent> = []
        private var isOver = false

        init(
            events: ResponseStream.Iterator,
            acceptsCut: Bool,
            onResponse: @escaping @Sendable (_ id: String) -> Void
        ) {
            self.events = events
            self.acceptsCut = acceptsCut
            self.onResponse = onResponse
        }

        func next() async throws -> UpstreamEvent? {
            while true {
                if let event = waiting.popFirst() { return event }
                guard !isOver, let event = try await events.next() else { return nil }
                try take(event)
            }
        }

        @inline(never)
        private func take(_ event: ResponseEvent) throws {
            switch event {
            case .created(let response):
                onResponse(response.id)
            case .completed(let response), .incomplete(let response), .failed(let response):
                isOver = true
                onResponse(response.id)
                waiting += transcript.finish()
                waiting.append(.ended(try UpstreamAnswer(response, acceptsCut: acceptsCut)))
            case .error(let error):
                isOver = true
                throw error
            default:
                waiting += transcript.take(event)
            }
        }
    }
}
