internal import OpenAI

/// What has been told of a run's answer so far, without the marks that its text came with.
struct RunTranscript {
    /// The part of a message that goes on, and its text as it came.
    private var part: (message: String, index: Int)?
    private var raw = ""
    /// How many Unicode scalars had been told before the part.
    private var offset = 0
    private var marks = CitationMarks.Filter()
    private var told = String.UnicodeScalarView()
    private var sources: [UpstreamSource] = []

    /// Takes more of a message, and returns what is to be told of it.
    mutating func take(_ delta: MessageDelta) -> [UpstreamEvent] {
        var events: [UpstreamEvent] = []
        for piece in delta.texts {
            events += turn(toPart: piece.index, of: delta.messageID)
            raw += piece.text.value
            events += tell(marks.feed(piece.text.value))
            guard !piece.text.annotations.isEmpty else { continue }
            let noted = MarkedText(value: raw, annotations: piece.text.annotations).withoutMarks().citations
            events += tell(noted.map { UpstreamSource(fileID: $0.fileID, index: offset + $0.index) })
        }
        return events
    }

    /// Returns what is still to be told once the whole answer is known.
    mutating func complete(with answer: UpstreamAnswer) -> [UpstreamEvent] {
        var events = tell(marks.finish())
        let whole = answer.text.unicodeScalars
        if whole.starts(with: told) { events += tell(String(whole.dropFirst(told.count))) }
        return events + tell(answer.sources)
    }

    private mutating func turn(toPart index: Int, of message: String) -> [UpstreamEvent] {
        guard part?.message != message || part?.index != index else { return [] }
        var events = tell(marks.finish())
        if let last = part?.message, last != message, !told.isEmpty { events += tell(UpstreamAnswer.betweenMessages) }
        (part, raw, offset) = ((message, index), "", told.count)
        return events
    }

    private mutating func tell(_ text: String) -> [UpstreamEvent] {
        guard !text.isEmpty else { return [] }
        told.append(contentsOf: text.unicodeScalars)
        return [.text(text)]
    }

    private mutating func tell(_ found: [UpstreamSource]) -> [UpstreamEvent] {
        let new = found.filter { !sources.contains($0) }
        sources += new
        return new.map(UpstreamEvent.source)
    }
}
