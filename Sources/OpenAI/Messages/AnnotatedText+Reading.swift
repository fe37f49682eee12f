extension AnnotatedText {
    /// The text without its marks, and the files that it leans on, each once per place.
    ///
    /// A mark stands where its annotation says, or, where something else stands there, where its text is found next.
    /// Marks that no annotation speaks of are taken out as well. Each `index` counts Unicode scalars of the text that is
    /// returned.
    public func withoutMarks() -> (text: String, citations: [FileCitation]) {
        let scalars = Array(value.unicodeScalars)
        var filter = CitationMarkFilter()
        _ = filter.feed(value) + filter.finish()
        let bareMarks = filter.gaps.map { Mark(range: $0.range) }
        var locator = AnnotationLocator()
        let notedMarks = annotations.map { annotation in
            Mark(range: locator.range(of: annotation, in: scalars), fileID: annotation.fileID)
        }
        let marks = (bareMarks + notedMarks).sorted { $0.range.lowerBound < $1.range.lowerBound }
        var kept = String.UnicodeScalarView()
        var count = 0
        var citations: [FileCitation] = []
        var seen: Set<FileCitation> = []
        var position = 0
        for mark in marks {
            if mark.range.lowerBound > position {
                kept.append(contentsOf: scalars[position..<mark.range.lowerBound])
                count += mark.range.lowerBound - position
            }
            position = max(position, mark.range.upperBound)
            guard let fileID = mark.fileID else { continue }
            let citation = FileCitation(fileID: fileID, index: count)
            if seen.insert(citation).inserted { citations.append(citation) }
        }
        kept.append(contentsOf: scalars[position...])
        return (String(kept), citations)
    }

    private struct Mark {
        var range: Range<Int>
        var fileID: String?
    }
}

extension ThreadMessage {
    /// What is said in the message, without marks, refusals apart; and the files that it leans on, each once per place.
    ///
    /// Each `index` counts Unicode scalars of the whole text, not of the part that the citation came with. What a user said
    /// stays as it was written.
    public func reading() -> (text: String, citations: [FileCitation]) {
        var text = ""
        var citations: [FileCitation] = []
        for case .text(let part) in content {
            let offset = text.unicodeScalars.count
            let read = role == .user ? (text: part.value, citations: []) : part.withoutMarks()
            text += read.text
            citations += read.citations.map { citation in
                FileCitation(fileID: citation.fileID, index: citation.index + offset)
            }
        }
        return (text, citations)
    }

    /// What the model said instead of an answer, if it refused to give one.
    public var refusal: String? {
        let refusals = content.compactMap { part -> String? in
            guard case .refusal(let text) = part else { return nil }
            return CitationMarkFilter.clean(text)
        }
        return refusals.isEmpty ? nil : refusals.joined()
    }
}
