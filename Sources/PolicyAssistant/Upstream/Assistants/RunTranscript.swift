internal import OpenAI

/// What has been told of a run's answer so far, without the marks that its text came with.
struct RunTranscript {
    /// The part of a message that goes on.
    private var part: (message: String, index: Int)?
    private var reader = AnnotatedTextStream()
    /// How many Unicode scalars had been told before the part.
    private var offset = 0
    private var told = String.UnicodeScalarView()
    /// How many scalars `told` has.
    private var count = 0
    private var sources: Set<UpstreamSource> = []

    /// Takes more of a message, and returns what is to be told of it.
    mutating func take(_ delta: MessageDelta) -> [UpstreamEvent] {
        var events: [UpstreamEvent] = []
        for piece in delta.texts {
            events += turn(toPart: piece.index, of: delta.messageID)
            let (text, citations) = reader.take(piece.text)
            events += tell(text)
            events += tell(citations.map { UpstreamSource($0, after: offset) })
        }
        return events
    }

    /// Returns what is still to be told once the whole answer is known.
    mutating func complete(with answer: UpstreamAnswer) -> [UpstreamEvent] {
        var events = tell(reader.finish())
        let whole = answer.text.unicodeScalars
        if whole.starts(with: told) { events += tell(String(whole.dropFirst(count))) }
        return events + tell(answer.sources)
    }

    private mutating func turn(toPart index: Int, of message: String) -> [UpstreamEvent] {
        guard part?.message != message || part?.index != index else { return [] }
        var events = tell(reader.finish())
        if let last = part?.message, last != message, !told.isEmpty { events += tell(UpstreamAnswer.betweenMessages) }
        (part, reader, offset) = ((message, index), AnnotatedTextStream(), count)
        return events
    }

    private mutating func tell(_ text: String) -> [UpstreamEvent] {
        guard !text.isEmpty else { return [] }
        told.append(contentsOf: text.unicodeScalars)
        count += text.unicodeScalars.count
        return [.text(text)]
    }

    private mutating func tell(_ found: [UpstreamSource]) -> [UpstreamEvent] {
        found.filter { sources.insert($0).inserted }.map(UpstreamEvent.source)
    }
}
