internal import OpenAI

/// The events of a streamed response, in the domain's terms; read once.
///
/// It takes from the connection only as it is read. A response that ends in any other way than whole throws, whatever
/// came before.
struct ResponsesAdapterEvents: AsyncSequence, Sendable {
    private let events: ResponseStream
    private let onResponse: @Sendable (_ id: String) -> Void

    /// - Parameters:
    ///   - events: The events as they come.
    ///   - onResponse: Is told the response's ID, by the first event that names it and by the last.
    init(_ events: ResponseStream, onResponse: @escaping @Sendable (_ id: String) -> Void) {
        self.events = events
        self.onResponse = onResponse
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(events: events.makeAsyncIterator(), onResponse: onResponse)
    }

    struct Iterator: AsyncIteratorProtocol {
        private var events: ResponseStream.Iterator
        private let onResponse: @Sendable (_ id: String) -> Void
        private var transcript = ResponseTranscript()
        /// What is to be told next.
        private var waiting: ArraySlice<UpstreamEvent> = []
        private var isOver = false

        init(events: ResponseStream.Iterator, onResponse: @escaping @Sendable (_ id: String) -> Void) {
            self.events = events
            self.onResponse = onResponse
        }

        mutating func next() async throws -> UpstreamEvent? {
            while true {
                if let event = waiting.popFirst() { return event }
                guard !isOver, let event = try await events.next() else { return nil }
                try take(event)
            }
        }

        private mutating func take(_ event: ResponseEvent) throws {
            switch event {
            case .created(let response):
                onResponse(response.id)
            case .completed(let response), .incomplete(let response), .failed(let response):
                isOver = true
                onResponse(response.id)
                waiting += transcript.finish()
                waiting.append(.ended(try UpstreamAnswer(response)))
            case .error(let error):
                isOver = true
                throw error
            default:
                waiting += transcript.take(event)
            }
        }
    }
}
