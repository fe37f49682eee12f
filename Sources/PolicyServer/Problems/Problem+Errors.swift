internal import HTTPTypes
internal import Hummingbird
internal import NIOHTTP1
internal import PolicyAssistant
internal import SMS
internal import Voice

extension Problem {
    /// Converts any error to a problem; the text of an unknown error is not shown to clients.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem:
            self = problem
        case let error as PolicyAssistantError:
            self.init(error)
        case let refusal as WebhookRefusal:
            self.init(refusal)
        case let error as VoiceError:
            self.init(error)
        case is CancellationError:
            self = .shuttingDown
            cause = error
        case is HTTPParserError:
            self = .malformedRequest
        case let error as any HTTPResponseError where error.status == .notFound:
            self = .notFound
        case let error as any HTTPResponseError:
            self.init(
                status: error.status,
                code: "bad_request",
                detail: "The server cannot interpret the request.",
                cause: error
            )
        default:
            self = .internalError
            cause = error
        }
    }

    /// Creates the problem of a provider's request.
    init(_ refusal: WebhookRefusal) {
        switch refusal {
        case .forged:
            self.init(
                status: .forbidden,
                code: "signature_invalid",
                detail: "The request is not signed by the provider, for this address."
            )
        case .foreignAccount:
            self.init(
                status: .forbidden,
                code: "foreign_account",
                detail: "The request belongs to another account or to another number."
            )
        case .malformed:
            self.init(status: .badRequest, code: "malformed_webhook", detail: "The request's fields cannot be read.")
        case .incomplete(let fields):
            self.init(
                status: .badRequest,
                code: "incomplete_webhook",
                detail: "Required fields are missing or empty: \(fields.joined(separator: ", "))."
            )
        }
    }

    private init(_ error: PolicyAssistantError) {
        self.init(
            status: Self.statuses[error.code] ?? .internalServerError,
            code: error.code.description,
            detail: error.message,
            field: error.field,
            cause: error.cause
        )
        if let retryAfter = error.retryAfter {
            headers[.retryAfter] = String(max(1, Int(retryAfter.components.seconds)))
        }
    }

    private static let statuses: [PolicyAssistantError.Code: HTTPResponse.Status] = [
        .invalidField: .unprocessableContent,
        .threadNotFound: .notFound,
        .fileNotFound: .notFound,
        .roleNotFound: .notFound,
        .messageNotFound: .notFound,
        .notRemembered: .notFound,
        .tooManyRoles: .conflict,
        .tooMuchRemembered: .conflict,
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
