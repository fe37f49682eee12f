/// A part of a message.
public enum ContentPart: Sendable, Hashable {
    /// What the model said.
    case outputText(OutputText)
    /// What was said to the model.
    case inputText(String)
    /// What the model said instead of an answer that it will not give.
    case refusal(String)
    /// What this program has no use for, such as images.
    case other(type: String)
}

/// A text of a model, with what it leans on.
public struct OutputText: Sendable, Hashable {
    /// The text, without citation marks.
    public let text: String
    /// What places in the text lean on; the places count Unicode scalars of ``text``.
    public let annotations: [Annotation]

    fileprivate init(_ fields: KeyedDecodingContainer<ContentPart.CodingKeys>) throws {
        var filter = CitationMarkFilter()
        text = filter.feed(try fields.decode(.text, or: "")) + filter.finish()
        annotations = try fields.decode(.annotations, or: [Annotation]()).map { annotation in
            guard case .fileCitation(var citation) = annotation else { return annotation }
            citation.index = filter.cleanIndex(of: citation.index)
            return .fileCitation(citation)
        }
    }
}

extension ContentPart: Decodable {
    fileprivate enum CodingKeys: CodingKey {
        case type, text, annotations, refusal
    }

    /// Decodes a part of any type.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        switch try fields.decode(.type, or: "") {
        case "output_text": self = .outputText(try OutputText(fields))
        case "input_text": self = .inputText(try fields.decode(.text, or: ""))
        case "refusal": self = .refusal(CitationMarkFilter.clean(try fields.decode(.refusal, or: "")))
        case let type: self = .other(type: type)
        }
    }
}
