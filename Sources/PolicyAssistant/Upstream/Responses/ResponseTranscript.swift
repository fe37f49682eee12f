internal import OpenAI

/// What a response's events have yielded so far, without the citation marks of its text.
struct ResponseTranscript {
    /// The output indexes of the items that are the model's comments on its own work.
    private var comments: Set<Int> = []
    /// The parts of the answer that have begun.
    private var parts: [Part: PartText] = [:]
    /// The part whose text came last.
    private var current: Part?
    /// How many Unicode scalars of text were yielded.
    private var count = 0

    private struct Part: Hashable {
        let output: Int
        let content: Int
    }

    private struct PartText {
        /// How many Unicode scalars of text were yielded before the part.
        let offset: Int
        var marks = CitationMarkFilter()
    }

    /// Takes an event other than the last one, and returns the events to yield.
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
            return events + emit(parts[part, default: PartText(offset: count)].marks.feed(delta.text))
        case .annotationAdded(let addition):
            guard !comments.contains(addition.outputIndex),
                case .fileCitation(var citation) = addition.annotation
            else { return [] }
            let text = parts[Part(output: addition.outputIndex, content: addition.contentIndex)]
            if let text { citation.index = text.marks.cleanIndex(of: citation.index) }
            return [.citation(citation.moved(by: text?.offset ?? count))]
        case .outputItemDone(.fileSearchCall(let call), _):
            return [.found(call.results ?? [])]
        default:
            return []
        }
    }

    /// Ends the part whose text came last, and returns the events to yield.
    mutating func finish() -> [UpstreamEvent] {
        guard let part = current, let rest = parts[part]?.marks.finish() else { return [] }
        return emit(rest)
    }

    private mutating func emit(_ text: String) -> [UpstreamEvent] {
        count += text.unicodeScalars.count
        return text.isEmpty ? [] : [.text(text)]
    }
}
