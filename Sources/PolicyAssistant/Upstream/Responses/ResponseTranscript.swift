internal import OpenAI

/// What has been told of a response so far, without the marks that its text came with.
struct ResponseTranscript {
    /// The items that are the model's comments on its own work, by their place.
    private var comments: Set<Int> = []
    /// The parts of the answer that have begun.
    private var parts: [Part: PartText] = [:]
    /// The part that goes on.
    private var current: Part?
    /// How many Unicode scalars have been told.
    private var count = 0

    private struct Part: Hashable {
        let output: Int
        let content: Int
    }

    private struct PartText {
        /// How many Unicode scalars had been told before the part.
        let offset: Int
        var marks = CitationMarkFilter()
    }

    /// Takes an event before the last one, and returns what is to be told of it.
    mutating func take(_ event: ResponseEvent) -> [UpstreamEvent] {
        switch event {
        case .outputItemAdded(.message(let message), let place) where !message.isFinalAnswer:
            comments.insert(place)
            return []
        case .outputTextDelta(let delta), .refusalDelta(let delta):
            guard !comments.contains(delta.outputIndex), !delta.text.isEmpty else { return [] }
            let part = Part(output: delta.outputIndex, content: delta.contentIndex)
            let events = part == current ? [] : finish()
            current = part
            return events + tell(parts[part, default: PartText(offset: count)].marks.feed(delta.text))
        case .annotationAdded(let addition):
            guard !comments.contains(addition.outputIndex),
                case .fileCitation(var citation) = addition.annotation
            else { return [] }
            let text = parts[Part(output: addition.outputIndex, content: addition.contentIndex)]
            if let text { citation.index = text.marks.cleanIndex(of: citation.index) }
            return [.source(UpstreamSource(citation, after: text?.offset ?? count))]
        case .outputItemDone(.fileSearchCall(let call), _):
            return [.found((call.results ?? []).map { UpstreamPassage($0) })]
        default:
            return []
        }
    }

    /// Returns the rest of the part that went on, of which nothing more comes.
    mutating func finish() -> [UpstreamEvent] {
        guard let part = current, let rest = parts[part]?.marks.finish() else { return [] }
        return tell(rest)
    }

    private mutating func tell(_ text: String) -> [UpstreamEvent] {
        count += text.unicodeScalars.count
        return text.isEmpty ? [] : [.text(text)]
    }
}
