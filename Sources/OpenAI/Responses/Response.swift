public import JSON

/// A response of a model.
public struct Response: Sendable, Hashable {
    /// The response's ID.
    public let id: String
    /// Its status.
    public let status: Status
    /// The output of the model, in order: reasoning, tool calls, messages.
    public let output: [OutputItem]
    /// The error, if `status` is `failed`.
    public let failure: OpenAIError?
    /// Why the answer is incomplete, if `status` is `incomplete`, such as `max_output_tokens` or `content_filter`.
    public let incompleteReason: String?
    /// The tokens that it used; nil until it is complete.
    public let usage: Usage?
    /// Its metadata: the client's, and the entries that a server adds.
    public let metadata: [String: String]

    /// The status of a response.
    public struct Status: RawRepresentable, Hashable, Sendable {
        /// The status as the API writes it.
        public let rawValue: String

        /// Creates a status, known or not.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Not started.
        public static let queued = Status(rawValue: "queued")
        /// Being generated.
        public static let inProgress = Status(rawValue: "in_progress")
        /// Ended with an answer.
        public static let completed = Status(rawValue: "completed")
        /// Ended without an answer.
        public static let failed = Status(rawValue: "failed")
        /// Cancelled by the client.
        public static let cancelled = Status(rawValue: "cancelled")
        /// Ended with an incomplete answer.
        public static let incomplete = Status(rawValue: "incomplete")
    }
}

extension Response: JSONReadable {
    /// Reads a response; its ID and its status are required.
    public init(reading json: inout JSONReader) throws(JSONError) {
        var (id, status, incompleteReason) = (nil as String?, nil as String?, nil as String?)
        var output: [OutputItem] = []
        var metadata: [String: String] = [:]
        var usage: Usage?
        var failure: OpenAIError?
        try json.readObject { name, json throws(JSONError) in
            switch name {
            case "id": id = try json.readText()
            case "status": status = try json.readText()
            case "output": output = try json.readArrayIfPresent(of: OutputItem.self) ?? []
            case "incomplete_details":
                try json.readField("reason") { json throws(JSONError) in
                    incompleteReason = try json.readTextIfPresent()
                }
            case "usage": usage = try json.readIfPresent(Usage.self)
            case "metadata": metadata = try json.readMetadata()
            case "error": failure = try Self.failure(reading: &json)
            default: try json.skip()
            }
        }
        guard let id, let status else { throw json.mismatch }
        self.id = id
        self.status = Status(rawValue: status)
        self.output = output
        self.incompleteReason = incompleteReason
        self.usage = usage
        self.metadata = metadata
        self.failure = failure ?? (self.status == .failed ? OpenAIError(.serverError) : nil)
    }

    private static func failure(reading json: inout JSONReader) throws(JSONError) -> OpenAIError? {
        guard try !json.readsNull() else { return nil }
        let mismatch = json.mismatch
        guard let detail = try? WireJSON.decode(ErrorDetail.self, from: try json.readJSON()) else { throw mismatch }
        return OpenAIError(detail)
    }
}

extension Response {
    /// The answer: the texts of the final messages, concatenated, without the model's commentary.
    public var outputText: String {
        answerParts.map(\.text).joined()
    }

    /// The files that the answer cites, in the API's order, each once per position.
    ///
    /// Each `index` counts Unicode scalars of the whole ``outputText``, not of the citation's part.
    public var fileCitations: [FileCitation] {
        var citations: [FileCitation] = []
        var seen: Set<FileCitation> = []
        var offset = 0
        for part in answerParts {
            for case .fileCitation(var citation) in part.annotations {
                citation.index += offset
                if seen.insert(citation).inserted { citations.append(citation) }
            }
            offset += part.text.unicodeScalars.count
        }
        return citations
    }

    /// The model's refusal to answer, if it refused.
    public var refusal: String? {
        let refusals = finalMessages.flatMap(\.content).compactMap { part -> String? in
            guard case .refusal(let text) = part else { return nil }
            return text
        }
        return refusals.isEmpty ? nil : refusals.joined()
    }

    /// The passages that the model's searches found; empty unless requested.
    public var searchResults: [FileSearchResult] {
        output.flatMap { item -> [FileSearchResult] in
            guard case .fileSearchCall(let call) = item else { return [] }
            return call.results ?? []
        }
    }

    private var finalMessages: [Message] {
        output.compactMap { item in
            guard case .message(let message) = item, message.isFinalAnswer else { return nil }
            return message
        }
    }

    private var answerParts: [OutputText] {
        finalMessages.flatMap(\.content).compactMap { part in
            guard case .outputText(let text) = part else { return nil }
            return text
        }
    }
}
