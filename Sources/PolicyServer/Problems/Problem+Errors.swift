internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import NIOHTTP1
internal import PolicyAssistant

extension HTTPResponse.Status {
    /// The caller has gone, or no longer wants the answer; nginx's number for it.
    static let clientClosedRequest = HTTPResponse.Status(code: 499, reasonPhrase: "Client Closed Request")
}

extension Problem {
    /// Puts any error into a caller's terms; what is not known to be fit for callers' eyes is not shown.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem:
            self = problem
        case let error as PolicyAssistantError:
            self.init(error)
        case is CancellationError:
            self = .shuttingDown
        case is HTTPParserError:
            self = .malformedRequest
        case let error as any HTTPResponseError where error.status == .notFound:
            self = .notFound
        case let error as any HTTPResponseError:
            self.init(status: error.status, code: "bad_request", detail: "The request was not understood.")
        default:
            self = .internalError
        }
    }

    private init(_ error: PolicyAssistantError) {
        self.init(
            status: Self.statuses[error.code] ?? .internalServerError,
            code: error.code.description,
            detail: error.message,
            field: error.field
        )
        if let retryAfter = error.retryAfter {
            headers[.retryAfter] = String(max(1, Int(retryAfter.components.seconds)))
        }
    }

    private static let statuses: [PolicyAssistantError.Code: HTTPResponse.Status] = [
        .invalidField: .unprocessableContent,
        .threadNotFound: .notFound,
        .fileNotFound: .notFound,
        .documentsBusy: .serviceUnavailable,
        .notSynced: .serviceUnavailable,
        .vectorStoreLost: .serviceUnavailable,
        .storeUnavailable: .serviceUnavailable,
        .fileUnreadable: .serviceUnavailable,
        .userBusy: .serviceUnavailable,
        .upstreamUnavailable: .serviceUnavailable,
        .upstreamRefused: .badGateway,
        .upstreamFailed: .badGateway,
        .answerIncomplete: .badGateway,
        .upstreamTimeout: .gatewayTimeout,
        .tooManyQuestions: .serviceUnavailable,
        .turnNotFound: .notFound,
        .turnLost: .serviceUnavailable,
        .turnCancelled: .clientClosedRequest,
        .shuttingDown: .serviceUnavailable,
        .idempotencyKeyReused: .unprocessableContent,
        .tooManyAttempts: .tooManyRequests,
        .signInBusy: .serviceUnavailable,
    ]
}
