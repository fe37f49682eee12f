/// An error of a call of AWS.
///
/// Its description leaves out the service's message, which may quote a text.
public struct AWSError: Error, Sendable, Hashable {
    /// The kind of error.
    public let code: Code
    /// A sentence for users, with nothing of the service's message.
    public let message: String
    /// The HTTP status of the response, if there was one.
    public var status: Int?
    /// The service's name of the error, such as `ThrottlingException`.
    public var type: String?
    /// The service's ID of the request, for its support and for logs.
    public var requestID: String?

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: The kind of error.
    ///   - message: A sentence for users; nil for the code's own.
    ///   - status: The HTTP status of the response.
    ///   - type: The service's name of the error.
    ///   - requestID: The service's ID of the request.
    public init(
        _ code: Code,
        _ message: String? = nil,
        status: Int? = nil,
        type: String? = nil,
        requestID: String? = nil
    ) {
        self.code = code
        self.message = message ?? code.sentence
        self.status = status
        self.type = type
        self.requestID = requestID
    }
}

extension AWSError: CustomStringConvertible {
    /// The error in one line: `throttled: … (400 ThrottlingException, request 1a2b)`.
    public var description: String {
        let answer = [status.map(String.init), type].compactMap(\.self).joined(separator: " ")
        let facts = [answer.isEmpty ? nil : answer, requestID.map { "request \($0)" }].compactMap(\.self)
        return "\(code): \(message)" + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))")
    }
}

extension AWSError {
    /// A kind of error.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private let name: String
        /// The kind as a sentence for users.
        let sentence: String

        /// The kind's name, for logs and metrics.
        public var description: String { name }

        private init(_ name: String, _ sentence: String) {
            self.name = name
            self.sentence = sentence
        }

        /// No credentials were found, or their source does not answer.
        public static let credentialsUnavailable = Code("credentialsUnavailable", "AWS credentials are not available.")
        /// AWS does not accept the credentials, or the signature made with them.
        public static let unauthorized = Code("unauthorized", "AWS refused the credentials.")
        /// The credentials do not allow this call.
        public static let forbidden = Code("forbidden", "The AWS credentials do not allow this call.")
        /// This machine's clock differs from the service's by more than a signature allows.
        public static let clockSkewed = Code("clockSkewed", "This machine's clock is wrong by more than AWS allows.")
        /// Too many requests at the moment.
        public static let throttled = Code("throttled", "AWS is limiting the rate of requests.")
        /// The text is longer than one request may be.
        public static let textTooLong = Code("textTooLong", "The text is too long to be spoken in one piece.")
        /// The request is invalid; a retry would be as well.
        public static let invalidRequest = Code("invalidRequest", "AWS rejected the request as invalid.")
        /// The service failed.
        public static let serverError = Code("serverError", "The AWS service failed.")
        /// The service took longer than the timeouts allow.
        public static let timedOut = Code("timedOut", "The AWS service took too long to answer.")
        /// No connection to the service, or it was lost before a response began.
        public static let unreachable = Code("unreachable", "The AWS service cannot be reached.")
        /// The service's certificate is not signed by a trusted authority, has expired, or names another host.
        public static let certificateUntrusted = Code(
            "certificateUntrusted",
            "The certificate of the AWS service is not trusted."
        )
        /// The response broke off.
        public static let answerCutOff = Code("answerCutOff", "The answer of the AWS service broke off.")
        /// The response is not this API's.
        public static let malformedAnswer = Code(
            "malformedAnswer",
            "The AWS service gave an answer that cannot be read."
        )
        /// The caller's task was cancelled, or the HTTP client was shut down.
        public static let cancelled = Code("cancelled", "The request was cancelled.")
    }

    /// Whether another attempt may succeed without any change.
    var isTransient: Bool {
        [.throttled, .serverError, .timedOut, .unreachable, .answerCutOff].contains(code)
    }
}
