/// The text of a message with citation marks, such as `【4:0†leave.md】`, where it cites a file.
public struct AnnotatedText: Sendable, Hashable, Decodable {
    /// The text with its citation marks.
    public let value: String
    /// The citation marks, and the file that each cites.
    public let annotations: [TextAnnotation]

    /// Creates a text.
    ///
    /// - Parameters:
    ///   - value: The text with its citation marks.
    ///   - annotations: The citation marks.
    public init(value: String, annotations: [TextAnnotation] = []) {
        self.value = value
        self.annotations = annotations
    }

    private enum CodingKeys: CodingKey {
        case value, annotations
    }

    /// Decodes a text; all of its fields may be absent.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        value = try fields.decode(.value, or: "")
        annotations = try fields.decode(.annotations, or: [])
    }
}

/// A citation mark in a text.
public struct TextAnnotation: Sendable, Hashable, Decodable {
    /// The mark as it is in the text.
    public let text: String
    /// The mark's start, in Unicode scalars from the text's start; nil where the API has none.
    public let start: Int?
    /// The mark's end, in Unicode scalars from the text's start.
    public let end: Int?
    /// The ID of the cited file; nil for an annotation of another type.
    public let fileID: String?

    /// Creates an annotation.
    ///
    /// - Parameters:
    ///   - text: The mark as it is in the text.
    ///   - start: The mark's start, in Unicode scalars from the text's start.
    ///   - end: The mark's end, in Unicode scalars from the text's start.
    ///   - fileID: The ID of the cited file.
    public init(text: String, start: Int?, end: Int?, fileID: String?) {
        self.text = text
        self.start = start
        self.end = end
        self.fileID = fileID
    }

    private enum CodingKeys: String, CodingKey {
        case text
        case start = "start_index"
        case end = "end_index"
        case citation = "file_citation"
    }

    private struct Citation: Decodable {
        let fileID: String?

        enum CodingKeys: String, CodingKey {
            case fileID = "file_id"
        }
    }

    /// Decodes an annotation; all of its fields may be absent.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        text = try fields.decode(.text, or: "")
        start = try fields.decodeIfPresent(Int.self, forKey: .start)
        end = try fields.decodeIfPresent(Int.self, forKey: .end)
        fileID = try fields.decodeIfPresent(Citation.self, forKey: .citation)?.fileID
    }
}

extension AnnotatedText {
    /// The text without its citation marks, and the citations of files, each once per position.
    ///
    /// A mark is at its annotation's position, or, if the text differs there, at the next occurrence of the
    /// annotation's text. Marks without an annotation are removed, too. Each `index` counts Unicode scalars of the
    /// returned text.
    public func withoutMarks() -> (text: String, citations: [FileCitation]) {
        let scalars = Array(value.unicodeScalars)
        var filter = CitationMarkFilter()
        _ = filter.feed(value) + filter.finish()
        let unannotatedMarks = filter.gaps.map { Mark(range: $0.range) }
        var locator = AnnotationLocator()
        let annotatedMarks = annotations.map { annotation in
            Mark(range: locator.range(of: annotation, in: scalars), fileID: annotation.fileID)
        }
        let marks = (unannotatedMarks + annotatedMarks).sorted { $0.range.lowerBound < $1.range.lowerBound }
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
    /// The message's text without citation marks and refusals, and the citations of files, each once per position.
    ///
    /// Each `index` counts Unicode scalars of the whole text, not of the citation's part. A user's text is unchanged.
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

    /// The model's refusal to answer, if it refused.
    public var refusal: String? {
        let refusals = content.compactMap { part -> String? in
            guard case .refusal(let text) = part else { return nil }
            return CitationMarkFilter.clean(text)
        }
        return refusals.isEmpty ? nil : refusals.joined()
    }
}
