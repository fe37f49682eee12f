internal import OpenAI

/// The events of a streamed response, in the domain's terms; read once.
///
/// It takes from the connection only as it is read. A response that ends in any other way than whole throws, whatever
/// came before.
struct ResponsesBackendEvents: AsyncSequence, Sendable {
    private let events: ResponseStream

    init(_ events: ResponseStream) {
        self.events = events
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(events: events.makeAsyncIterator())
    }

    struct Iterator: AsyncIteratorProtocol {
        private var events: ResponseStream.Iterator
        /// The items that are the model's comments on its own work, by their place.
        private var comments: Set<Int> = []
        /// How many Unicode scalars each part of the answer has so far, in the parts' order.
        private var lengths: [(part: Part, length: Int)] = []
        private var isOver = false

        private struct Part: Equatable {
            let output: Int
            let content: Int
        }

        init(events: ResponseStream.Iterator) {
            self.events = events
        }

        mutating func next() async throws -> UpstreamEvent? {
            while !isOver, let event = try await events.next() {
                if let event = try translated(event) { return event }
            }
            return nil
        }

        /// What an event means to the domain, if anything.
        private mutating func translated(_ event: ResponseEvent) throws -> UpstreamEvent? {
            switch event {
            case .outputItemAdded(.message(let message), let place) where !message.isFinalAnswer:
                comments.insert(place)
                return nil
            case .outputTextDelta(let delta), .refusalDelta(let delta):
                guard !comments.contains(delta.outputIndex), !delta.text.isEmpty else { return nil }
                count(delta)
                return .text(delta.text)
            case .annotationAdded(let addition):
                guard !comments.contains(addition.outputIndex),
                    case .fileCitation(let citation) = addition.annotation
                else { return nil }
                let part = Part(output: addition.outputIndex, content: addition.contentIndex)
                let index = length(before: part) + citation.index
                return .source(UpstreamSource(fileID: citation.fileID, index: index))
            case .outputItemDone(.fileSearchCall(let call), _):
                return .found((call.results ?? []).map { UpstreamPassage(fileID: $0.fileID, text: $0.text) })
            case .completed(let response), .incomplete(let response), .failed(let response):
                isOver = true
                return .ended(try UpstreamAnswer(response))
            case .error(let error):
                isOver = true
                throw error
            case .created, .outputItemAdded, .outputItemDone, .other:
                return nil
            }
        }

        private mutating func count(_ delta: TextDelta) {
            let part = Part(output: delta.outputIndex, content: delta.contentIndex)
            let scalars = delta.text.unicodeScalars.count
            if let place = lengths.firstIndex(where: { $0.part == part }) {
                lengths[place].length += scalars
            } else {
                lengths.append((part, scalars))
            }
        }

        private func length(before part: Part) -> Int {
            lengths.prefix { $0.part != part }.reduce(0) { $0 + $1.length }
        }
    }
}
