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
    /// How long the API asked to wait before the next try, however long that is.
    public var retryAfter: Duration?
    /// What upstream wrote.
    ///
    /// **Not for users, nor for logs above debug**: it may quote what was asked.
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
        let facts = [
            status.map { "status \($0)" },
            apiCode.map { "code \($0)" },
            apiType.map { "type \($0)" },
            param.map { "param \($0)" },
            requestID.map { "request \($0)" },
        ].compactMap(\.self)
        return "\(code): \(message)" + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))")
    }
}
