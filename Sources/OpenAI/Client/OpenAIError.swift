/// What a call of the API failed with.
///
/// Printing one shows nothing that upstream wrote in its own words, since such text may quote a question or a document.
public struct OpenAIError: Error, Sendable, Hashable {
    /// What kind of failure it is; the part to decide by.
    public let code: Code
    /// What went wrong, in our own words, fit to be shown to people.
    public let message: String
    /// The HTTP status of the answer, where there was one.
    public var status: Int?
    /// The `code` of the API's error object, such as `conversation_locked`.
    public var apiCode: String?
    /// The `type` of the API's error object, such as `invalid_request_error`.
    public var apiType: String?
    /// The name of the request's parameter at fault, where the API named one.
    public var param: String?
    /// The API's own ID of the request, for its support and our logs.
    public var requestID: String?
    /// The call that failed, without any ID: `POST /v1/vector_stores/…/file_batches`; nil where it is not known.
    public var call: String?
    /// How long the API asked to wait before the next try, however long that is.
    public var retryAfter: Duration?
    /// What upstream wrote.
    ///
    /// **Not for users and not for logs**: it may quote what was asked, or a key. ``operatorMessage`` is what an
    /// operator's terminal may show of it.
    public var upstreamMessage: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: What kind of failure it is.
    ///   - message: What went wrong, in our own words; the code's own sentence if left out.
    ///   - status: The HTTP status of the answer, where there was one.
    ///   - apiCode: The `code` of the API's error object.
    ///   - apiType: The `type` of the API's error object.
    ///   - param: The name of the request's parameter at fault.
    ///   - requestID: The API's own ID of the request.
    ///   - retryAfter: How long the API asked to wait before the next try.
    ///   - upstreamMessage: What upstream wrote.
    public init(
        _ code: Code,
        _ message: String? = nil,
        status: Int? = nil,
        apiCode: String? = nil,
        apiType: String? = nil,
        param: String? = nil,
        requestID: String? = nil,
        retryAfter: Duration? = nil,
        upstreamMessage: String? = nil
    ) {
        self.code = code
        self.message = message ?? code.sentence
        self.status = status
        self.apiCode = apiCode
        self.apiType = apiType
        self.param = param
        self.requestID = requestID
        self.retryAfter = retryAfter
        self.upstreamMessage = upstreamMessage
    }
}

extension OpenAIError: CustomStringConvertible {
    /// The error in one line, without upstream's own words.
    public var description: String {
        "\(code): \(message)" + (summary.map { " (\($0))" } ?? "")
    }

    /// The call, the answer's status and code, and the request's ID, as far as they are known:
    /// `POST /v1/vector_stores/…/file_batches: 400 invalid_request_error, request req_1`.
    public var summary: String? {
        let answer = [status.map(String.init), apiCode ?? apiType].compactMap(\.self).joined(separator: " ")
        let facts = [answer.isEmpty ? nil : answer, requestID.map { "request \($0)" }].compactMap(\.self)
        let parts = [call, facts.isEmpty ? nil : facts.joined(separator: ", ")].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ": ")
    }

    /// Upstream's words for an operator's terminal: one line of at most 300 characters, without control characters and
    /// without words that look like a key; nil where upstream said nothing.
    public var operatorMessage: String? {
        guard let upstreamMessage else { return nil }
        let words = String(upstreamMessage.prefix(2_000)).split { character in
            character.isWhitespace || character.unicodeScalars.contains { $0.properties.generalCategory.isInvisible }
        }
        let text = words.map { $0.contains("sk-") ? "…" : String($0) }.joined(separator: " ")
        guard !text.isEmpty else { return nil }
        return text.count > 300 ? "\(text.prefix(300))…" : text
    }
}

extension Unicode.GeneralCategory {
    /// Whether characters of this category could change how a terminal shows others.
    fileprivate var isInvisible: Bool { [.control, .format, .privateUse, .surrogate, .unassigned].contains(self) }
}
