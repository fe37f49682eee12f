/// A response of a model.
public struct Response: Sendable, Hashable, Decodable {
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

    private enum CodingKeys: String, CodingKey {
        case id, status, output, error, usage, metadata
        case incompleteDetails = "incomplete_details"
    }

    private struct IncompleteDetails: Decodable {
        let reason: String?
    }

    /// Decodes a response; its ID and its status are required.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        status = Status(rawValue: try fields.decode(String.self, forKey: .status))
        output = try fields.decode(.output, or: [])
        incompleteReason = try fields.decodeIfPresent(IncompleteDetails.self, forKey: .incompleteDetails)?.reason
        usage = try fields.decodeIfPresent(Usage.self, forKey: .usage)
        // Malformed metadata must not cost the answer.
        metadata = (try? fields.decodeMap(.metadata)) ?? [:]
        let detail = try fields.decodeIfPresent(ErrorDetail.self, forKey: .error)
        failure = detail.map(OpenAIError.init) ?? (status == .failed ? OpenAIError(.serverError) : nil)
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
