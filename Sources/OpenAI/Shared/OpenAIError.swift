/// An error of a call of the API.
///
/// Its description leaves out upstream's message, which may quote a question or a document.
public struct OpenAIError: Error, Sendable, Hashable {
    /// The kind of error.
    public let code: Code
    /// A sentence for users, with nothing of upstream's message.
    public let message: String
    /// The HTTP status of the response, if there was one.
    public var status: Int?
    /// The `code` of the API's error object, such as `conversation_locked`.
    public var apiCode: String?
    /// The `type` of the API's error object, such as `invalid_request_error`.
    public var apiType: String?
    /// The name of the invalid parameter, where the API named one.
    public var param: String?
    /// The API's ID of the request, for its support and for logs.
    public var requestID: String?
    /// The failed call without IDs, such as `POST /v1/vector_stores/…/file_batches`; nil where it is unknown.
    public var call: String?
    /// The pause that the API asked for, of any length.
    public var retryAfter: Duration?
    /// Upstream's message.
    ///
    /// **Not for users and not for logs**: it may quote a question or a key. ``operatorMessage`` is the part that an
    /// operator's terminal may show.
    public var upstreamMessage: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: The kind of error.
    ///   - message: A sentence for users; nil for the code's own.
    ///   - status: The HTTP status of the response, if there was one.
    ///   - apiCode: The `code` of the API's error object.
    ///   - apiType: The `type` of the API's error object.
    ///   - param: The name of the invalid parameter.
    ///   - requestID: The API's ID of the request.
    ///   - retryAfter: The pause that the API asked for.
    ///   - upstreamMessage: Upstream's message.
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
    /// The error in one line, without upstream's message.
    public var description: String {
        "\(code): \(message)" + (summary.map { " (\($0))" } ?? "")
    }

    /// The call, the response's status and code, and the request's ID, as far as they are known:
    /// `POST /v1/vector_stores/…/file_batches: 400 invalid_request_error, request req_1`.
    public var summary: String? {
        let statusText = status.map(String.init)
        // Some servers repeat the status as the code.
        let label = apiCode == statusText ? apiType : apiCode ?? apiType
        let answer = [statusText, label].compactMap(\.self).joined(separator: " ")
        let facts = [answer.isEmpty ? nil : answer, requestID.map { "request \($0)" }].compactMap(\.self)
        let parts = [call, facts.isEmpty ? nil : facts.joined(separator: ", ")].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ": ")
    }

    /// Upstream's message for an operator's terminal: one line of at most 300 characters, without control characters
    /// and without words that look like a key; nil without a message.
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
    /// Whether characters of this category may change how a terminal shows others.
    fileprivate var isInvisible: Bool { [.control, .format, .privateUse, .surrogate, .unassigned].contains(self) }
}

extension OpenAIError {
    /// Whether upstream's message says that a run is active in the thread, for which there is no code.
    ///
    /// "Can't add messages to thread_… while a run run_… is active." and "Thread thread_… already has an active run
    /// run_…."
    static func saysActiveRun(_ message: String) -> Bool {
        message.contains("already has an active run")
            || (message.contains("while a run ") && message.contains(" is active"))
    }

    /// The ID of the run that a thread is busy with, if the code is `threadBusy` and upstream named the run.
    public var activeRunID: String? {
        guard code == .threadBusy, let message = upstreamMessage, let start = message.firstRange(of: "run_") else {
            return nil
        }
        let id = message[start.lowerBound...].prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }
        return id.count > "run_".count ? String(id) : nil
    }
}
