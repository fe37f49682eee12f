internal import HTTPClient
internal import HTTPTypes

/// Why a provider's call failed, without anything that may contain a number.
public struct SendingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What follows for the message.
    public enum Effect: Sendable, Hashable {
        /// It was not accepted; a later attempt may succeed, not before the time if there is one.
        case later(after: Duration?)
        /// It was not accepted, and never will be.
        case rejected
        /// The recipient has opted out.
        case optedOut
        /// The provider does not accept the credentials, or not this use of them: no message can be sent.
        case unauthorized
        /// Nobody knows whether it was accepted.
        case unknown
    }

    /// What follows for the message.
    public let effect: Effect
    /// The HTTP status; nil if there was none.
    public let status: Int?
    /// The provider's code of the error.
    public let code: Int?

    /// Creates an error.
    public init(_ effect: Effect, status: Int? = nil, code: Int? = nil) {
        self.effect = effect
        self.status = status
        self.code = code
    }

    /// Creates the error of a call that got no response.
    init(_ error: HTTPClientError) {
        // Before the first byte was sent, nothing can have been accepted.
        self.init(error.progress == .unsent ? .later(after: nil) : .unknown)
    }

    /// Creates the error of a response that is no success: the status decides, and then the list of codes.
    init(status: Int, code: Int?, headers: HTTPFields) {
        let effect: Effect =
            switch status {
            case 429: .later(after: headers[.retryAfter].flatMap { Int($0) }.map { .seconds(min(max($0, 1), 3600)) })
            case 500...: .unknown
            case 401, 403: code.flatMap { ProviderCode.all[$0]?.effect } ?? .unauthorized
            default: code.flatMap { ProviderCode.all[$0]?.effect } ?? .rejected
            }
        self.init(effect, status: status, code: code)
    }

    /// The status and the code, with what the code means.
    public var description: String {
        let meaning = code.map { "code \($0)" + (ProviderCode.all[$0].map { ", \($0.meaning)" } ?? "") }
        return [status.map { "status \($0)" }, meaning].compactMap(\.self).joined(separator: ", ")
    }
}
