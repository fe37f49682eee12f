extension MarkedText {
    /// The text without its marks, and the files that it leans on, each once per place.
    ///
    /// A mark stands where its annotation says, or, where something else stands there, where its text is found next.
    /// Marks that no annotation speaks of are taken out as well. Each `index` counts Unicode scalars of the text that is
    /// returned.
    public func withoutMarks() -> (text: String, citations: [FileCitation]) {
        let scalars = Array(value.unicodeScalars)
        let marks = (Self.bareMarks(in: scalars) + notedMarks(in: scalars)).sorted {
            $0.range.lowerBound < $1.range.lowerBound
        }
        var kept = String.UnicodeScalarView()
        var citations: [FileCitation] = []
        var position = 0
        for mark in marks {
            if mark.range.lowerBound > position { kept.append(contentsOf: scalars[position..<mark.range.lowerBound]) }
            position = max(position, mark.range.upperBound)
            guard let fileID = mark.fileID else { continue }
            let citation = FileCitation(fileID: fileID, index: kept.count)
            if !citations.contains(citation) { citations.append(citation) }
        }
        kept.append(contentsOf: scalars[position...])
        return (String(kept), citations)
    }

    private struct Mark {
        var range: Range<Int>
        var fileID: String?
    }

    /// The marks that annotations speak of.
    private func notedMarks(in scalars: [Unicode.Scalar]) -> [Mark] {
        var searched = 0
        return annotations.map { annotation in
            let text = Array(annotation.text.unicodeScalars)
            if let range = Self.range(annotation.start, annotation.end, within: scalars.count),
                text.isEmpty || scalars[range].elementsEqual(text)
            {
                return Mark(range: range, fileID: annotation.fileID)
            }
            // Servers count in bytes, or in halves of surrogate pairs, too.
            if !text.isEmpty, let found = scalars[searched...].firstRange(of: text) {
                searched = found.upperBound
                return Mark(range: found, fileID: annotation.fileID)
            }
            let place = min(max(annotation.start ?? scalars.count, 0), scalars.count)
            return Mark(range: place..<place, fileID: annotation.fileID)
        }
    }

    private static func range(_ start: Int?, _ end: Int?, within count: Int) -> Range<Int>? {
        guard let start, let end, start >= 0, start < end, end <= count else { return nil }
        return start..<end
    }

    /// Whatever looks like a mark: brackets with a dagger between them.
    private static func bareMarks(in scalars: [Unicode.Scalar]) -> [Mark] {
        var marks: [Mark] = []
        var opening: Int?
        var hasDagger = false
        for (place, scalar) in scalars.enumerated() {
            switch scalar {
            case "【":
                (opening, hasDagger) = (place, false)
            case "†":
                hasDagger = true
            case "】":
                if let opening, hasDagger { marks.append(Mark(range: opening..<place + 1)) }
                opening = nil
            default:
                break
            }
        }
        return marks
    }
}

extension ThreadMessage {
    /// What is said in the message, without marks, refusals apart; and the files that it leans on, each once per place.
    ///
    /// Each `index` counts Unicode scalars of the whole text, not of the part that the citation came with.
    public func reading() -> (text: String, citations: [FileCitation]) {
        var text = ""
        var citations: [FileCitation] = []
        for case .text(let part) in content {
            let offset = text.unicodeScalars.count
            let read = part.withoutMarks()
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
            return text
        }
        return refusals.isEmpty ? nil : refusals.joined()
    }
}
