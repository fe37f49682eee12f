/// An item of a model's output, or of a conversation.
public enum OutputItem: Sendable, Hashable {
    /// A message.
    case message(Message)
    /// A search of vector stores.
    case fileSearchCall(FileSearchCall)
    /// An item of another type, such as reasoning.
    case other(type: String, id: String?)

    /// The item's ID.
    public var id: String? {
        switch self {
        case .message(let message): message.id
        case .fileSearchCall(let call): call.id
        case .other(_, let id): id
        }
    }
}

extension OutputItem: Decodable {
    /// The fields of items of all types, so that a decoder needs one container.
    enum CodingKeys: CodingKey {
        case type, id, role, phase, content, results, metadata
    }

    /// Decodes an item of any type.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        switch try fields.decode(.type, or: "") {
        case "message": self = .message(try Message(fields))
        case "file_search_call": self = .fileSearchCall(try FileSearchCall(fields))
        case let type: self = .other(type: type, id: try? fields.decode(String.self, forKey: .id))
        }
    }
}

/// A message of the model, or to it.
public struct Message: Sendable, Hashable {
    /// The item's ID.
    public let id: String?
    /// The role of its author.
    public let role: Role
    /// The phase of a model's message: `commentary`, `final_answer`, or nil for a model without phases.
    public let phase: String?
    /// Its parts.
    public let content: [ContentPart]
    /// Its metadata, which OpenAI's messages of conversations do not have.
    public let metadata: [String: String]

    /// Whether it is the model's answer and not its commentary.
    public var isFinalAnswer: Bool {
        role == .assistant && (phase == nil || phase == "final_answer")
    }

    /// Its text without refusals.
    public var text: String {
        content.map { part in
            switch part {
            case .outputText(let text): text.text
            case .inputText(let text): text
            case .refusal, .other: ""
            }
        }.joined()
    }

    /// Decodes a message; only its role is required.
    init(_ fields: KeyedDecodingContainer<OutputItem.CodingKeys>) throws {
        id = try fields.decodeIfPresent(String.self, forKey: .id)
        role = Role(rawValue: try fields.decode(String.self, forKey: .role))
        phase = try fields.decodeIfPresent(String.self, forKey: .phase)
        metadata = (try? fields.decodeMap(.metadata)) ?? [:]
        do {
            content = try fields.decode(.content, or: [])
        } catch {
            // Some compatible servers return a message of the user as it was sent.
            content = [.inputText(try fields.decode(String.self, forKey: .content))]
        }
    }
}

/// A part of a message.
public enum ContentPart: Sendable, Hashable {
    /// A text of the model.
    case outputText(OutputText)
    /// A text to the model.
    case inputText(String)
    /// The model's refusal to answer.
    case refusal(String)
    /// A part of another type, such as an image.
    case other(type: String)
}

/// A text of a model with its annotations.
public struct OutputText: Sendable, Hashable {
    /// The text, without citation marks.
    public let text: String
    /// The annotations of the text; their indices count Unicode scalars of ``text``.
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

/// A model's search of vector stores.
public struct FileSearchCall: Sendable, Hashable {
    /// The item's ID.
    public let id: String?
    /// The passages found; nil unless requested.
    public let results: [FileSearchResult]?

    /// Decodes a search call; all of its fields may be absent.
    init(_ fields: KeyedDecodingContainer<OutputItem.CodingKeys>) throws {
        id = try fields.decodeIfPresent(String.self, forKey: .id)
        results = try fields.decodeIfPresent([FileSearchResult].self, forKey: .results)
    }
}
