internal import OpenAI

/// What a run's events have yielded so far, without the citation marks of its text.
struct RunTranscript {
    /// The part of a message whose text came last.
    private var part: (message: String, index: Int)?
    private var reader = AnnotatedTextStream()
    /// How many Unicode scalars of text were yielded before the part.
    private var offset = 0
    /// The text that was yielded.
    private var emitted = String.UnicodeScalarView()
    /// How many Unicode scalars were yielded.
    private var count = 0
    private var citations: Set<FileCitation> = []

    /// Takes more of a message, and returns the events to yield.
    mutating func take(_ delta: MessageDelta) -> [UpstreamEvent] {
        var events: [UpstreamEvent] = []
        for piece in delta.texts {
            events += turn(toPart: piece.index, of: delta.messageID)
            let (text, citations) = reader.take(piece.text)
            events += emit(text)
            events += emit(citations.map { $0.moved(by: offset) })
        }
        return events
    }

    /// Returns the events that are still to be yielded once the whole answer is known.
    mutating func complete(with answer: UpstreamAnswer) -> [UpstreamEvent] {
        var events = emit(reader.finish())
        let whole = answer.text.unicodeScalars
        if whole.starts(with: emitted) { events += emit(String(whole.dropFirst(count))) }
        return events + emit(answer.citations)
    }

    private mutating func turn(toPart index: Int, of message: String) -> [UpstreamEvent] {
        guard part?.message != message || part?.index != index else { return [] }
        var events = emit(reader.finish())
        if let last = part?.message, last != message, !emitted.isEmpty {
            events += emit(UpstreamAnswer.betweenMessages)
        }
        (part, reader, offset) = ((message, index), AnnotatedTextStream(), count)
        return events
    }

    private mutating func emit(_ text: String) -> [UpstreamEvent] {
        guard !text.isEmpty else { return [] }
        emitted.append(contentsOf: text.unicodeScalars)
        count += text.unicodeScalars.count
        return [.text(text)]
    }

    private mutating func emit(_ found: [FileCitation]) -> [UpstreamEvent] {
        found.filter { citations.insert($0).inserted }.map(UpstreamEvent.citation)
    }
}
