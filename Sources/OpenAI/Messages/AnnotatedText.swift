/// A text of a message as it came: with marks such as `【4:0†leave.md】` where it leans on a file.
public struct AnnotatedText: Sendable, Hashable, Decodable {
    /// The text with its marks.
    public let value: String
    /// The marks, and what each stands for.
    public let annotations: [MarkAnnotation]

    /// Creates a text.
    ///
    /// - Parameters:
    ///   - value: The text with its marks.
    ///   - annotations: The marks.
    public init(value: String, annotations: [MarkAnnotation] = []) {
        self.value = value
        self.annotations = annotations
    }

    private enum CodingKeys: CodingKey {
        case value, annotations
    }

    /// Decodes a text; nothing of it must be there.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        value = try fields.decode(.value, or: "")
        annotations = try fields.decode(.annotations, or: [])
    }
}

/// A mark in a text.
public struct MarkAnnotation: Sendable, Hashable, Decodable {
    /// The mark as it stands in the text.
    public let text: String
    /// How many Unicode scalars of the text come before the mark; nil where the API does not say.
    public let start: Int?
    /// How many Unicode scalars of the text come before what follows the mark.
    public let end: Int?
    /// The file that the mark stands for; nil for what this program has no use for.
    public let fileID: String?

    /// Creates a mark.
    ///
    /// - Parameters:
    ///   - text: The mark as it stands in the text.
    ///   - start: How many Unicode scalars of the text come before the mark.
    ///   - end: How many Unicode scalars of the text come before what follows the mark.
    ///   - fileID: The file that the mark stands for.
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

    /// Decodes a mark; nothing of it must be there.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        text = try fields.decode(.text, or: "")
        start = try fields.decodeIfPresent(Int.self, forKey: .start)
        end = try fields.decodeIfPresent(Int.self, forKey: .end)
        fileID = try fields.decodeIfPresent(Citation.self, forKey: .citation)?.fileID
    }
}
