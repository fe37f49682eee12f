public import JSON

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

extension OutputItem: JSONReadable {
    /// Reads an item of any type.
    public init(reading json: inout JSONReader) throws(JSONError) {
        var (type, id, role, phase) = ("", nil as String?, nil as String?, nil as String?)
        var metadata: [String: String] = [:]
        // What they hold depends on the type, which may follow them.
        var (content, results) = (nil as JSONReader?, nil as JSONReader?)
        try json.readObject { name, json throws(JSONError) in
            switch name {
            case "type": type = try json.readTextIfPresent() ?? ""
            case "id": id = try json.readTextOrSkip()
            case "role": role = try json.readTextOrSkip()
            case "phase": phase = try json.readTextOrSkip()
            case "metadata": metadata = try json.readMetadata()
            case "content": content = try json.skipped()
            case "results": results = try json.skipped()
            default: try json.skip()
            }
        }
        switch type {
        case "message":
            guard let role else { throw json.mismatch }
            let parts = try ContentPart.parts(reading: content)
            self = .message(
                Message(id: id, role: Role(rawValue: role), phase: phase, content: parts, metadata: metadata)
            )
        case "file_search_call":
            let results = try results?.readArrayIfPresent(of: FileSearchResult.self)
            self = .fileSearchCall(FileSearchCall(id: id, results: results))
        default:
            self = .other(type: type, id: id)
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

    /// Creates a text from one with citation marks, to which the annotations refer.
    fileprivate init(markedText: String, annotations: [Annotation]) {
        var filter = CitationMarkFilter()
        text = filter.feed(markedText) + filter.finish()
        self.annotations = annotations.map { annotation in
            guard case .fileCitation(var citation) = annotation else { return annotation }
            citation.index = filter.cleanIndex(of: citation.index)
            return .fileCitation(citation)
        }
    }
}

extension ContentPart: JSONReadable {
    /// Reads a part of any type.
    public init(reading json: inout JSONReader) throws(JSONError) {
        var (type, text, refusal) = ("", "", "")
        var annotations: JSONReader?
        try json.readObject { name, json throws(JSONError) in
            switch name {
            case "type": type = try json.readTextIfPresent() ?? ""
            case "text": text = try json.readTextOrSkip() ?? ""
            case "refusal": refusal = try json.readTextOrSkip() ?? ""
            case "annotations": annotations = try json.skipped()
            default: try json.skip()
            }
        }
        switch type {
        case "output_text":
            let annotations = try annotations?.readArrayIfPresent(of: Annotation.self) ?? []
            self = .outputText(OutputText(markedText: text, annotations: annotations))
        case "input_text": self = .inputText(text)
        case "refusal": self = .refusal(CitationMarkFilter.clean(refusal))
        default: self = .other(type: type)
        }
    }

    /// Reads the parts of a message, or the text that some compatible servers have in their place.
    fileprivate static func parts(reading json: JSONReader?) throws(JSONError) -> [ContentPart] {
        guard var json else { return [] }
        var text = json
        if let text = try text.readTextOrSkip() { return [.inputText(text)] }
        return try json.readArrayIfPresent(of: ContentPart.self) ?? []
    }
}

/// A model's search of vector stores.
public struct FileSearchCall: Sendable, Hashable {
    /// The item's ID.
    public let id: String?
    /// The passages found; nil unless requested.
    public let results: [FileSearchResult]?
}
