extension AWSError.Code {
    /// Classifies an error by the service's name for it, and by the status where the name is unknown or absent.
    ///
    /// The status alone misleads: Polly answers throttling with 400.
    init(type: String?, status: Int?) {
        if let type, let known = Self.known[type] {
            self = known
            return
        }
        self =
            switch status {
            case 401: .unauthorized
            case 403: .forbidden
            case 408, 504: .timedOut
            case 429: .throttled
            case .some(400..<500): .invalidRequest
            case .some(500...): .serverError
            case nil: .serverError
            case .some: .malformedAnswer
            }
    }

    private static let known: [String: Self] = {
        let names: [(Self, [String])] = [
            (
                .throttled,
                [
                    "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled",
                    "RequestThrottledException", "RequestLimitExceeded", "TooManyRequestsException",
                    "LimitExceededException", "ServiceQuotaExceededException", "SlowDown",
                ]
            ),
            (.clockSkewed, ["RequestTimeTooSkewed", "RequestInTheFuture", "RequestExpired"]),
            (
                .unauthorized,
                [
                    "UnrecognizedClientException", "InvalidClientTokenId", "ExpiredToken", "ExpiredTokenException",
                    "InvalidSignatureException", "SignatureDoesNotMatch", "IncompleteSignature",
                    "IncompleteSignatureException", "MissingAuthenticationToken", "MissingAuthenticationTokenException",
                    "AuthFailure", "InvalidAccessKeyId",
                ]
            ),
            (.forbidden, ["AccessDenied", "AccessDeniedException", "OptInRequired", "SubscriptionRequiredException"]),
            (.textTooLong, ["TextLengthExceededException"]),
            (
                .serverError,
                [
                    "InternalFailure", "InternalFailureException", "InternalServerException", "ServiceFailureException",
                    "ServiceUnavailable", "ServiceUnavailableException",
                ]
            ),
            (.timedOut, ["RequestTimeout", "RequestTimeoutException"]),
            (.invalidRequest, ["BadRequestException", "ConflictException", "ValidationException"]),
        ]
        return Dictionary(uniqueKeysWithValues: names.flatMap { code, names in names.map { ($0, code) } })
    }()
}

extension AWSError {
    /// The service's name of an error as it stands in a header or a JSON field, without namespace and address:
    /// `com.amazon.coral#ThrottlingException:http://…` is `ThrottlingException`.
    static func type(_ text: String?) -> String? {
        guard let name = text?.prefix(while: { $0 != ":" }).split(separator: "#").last, !name.isEmpty else {
            return nil
        }
        return String(name)
    }

    /// Whether credentials that were valid a while ago may be refused so.
    var mayBeStaleCredentials: Bool {
        ["ExpiredToken", "ExpiredTokenException", "UnrecognizedClientException", "InvalidClientTokenId"].contains(type)
    }

    /// Whether a wrong clock may be the reason, so that the server's time is worth a look.
    var mayBeClockSkew: Bool {
        code == .clockSkewed
            || ["InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure"].contains(type)
    }
}
