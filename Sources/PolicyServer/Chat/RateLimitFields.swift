internal import HTTPTypes
internal import PolicyAssistant

/// The header fields of draft-ietf-httpapi-ratelimit-headers, and the refusal of a question that exceeds a limit.
struct RateLimitFields {
    /// `RateLimit` and `RateLimit-Policy`; empty if no limit is set.
    let fields: HTTPFields
    /// The problem of a question that was not admitted; nil if it was.
    let refusal: Problem?

    /// Creates the fields of a decision.
    ///
    /// - Parameter decision: The decision of the rate limiter; nil if no limit is set.
    init(_ decision: RateLimitDecision?) {
        guard let decision else {
            (fields, refusal) = ([:], nil)
            return
        }
        var fields = HTTPFields()
        fields[Self.limit] = decision.quotas
            .map { #""\#($0.name)";r=\#($0.remaining);t=\#($0.reset.wholeSeconds)"# }.joined(separator: ", ")
        fields[Self.policy] = decision.quotas.map { #""\#($0.name)";q=\#($0.limit);w=60"# }.joined(separator: ", ")
        self.fields = fields
        refusal = decision.retryAfter.map { wait in
            var problem = Self.exceeded
            problem.headers = fields
            problem.headers[.retryAfter] = String(wait.wholeSeconds)
            return problem
        }
    }

    static let exceeded = Problem(
        status: .tooManyRequests,
        code: "rate_limited",
        detail: "Too many questions in a short time. Wait for the seconds in retry-after."
    )

    static let limit = HTTPField.Name(verified: "RateLimit")
    static let policy = HTTPField.Name(verified: "RateLimit-Policy")
}

extension Duration {
    /// The duration in seconds, rounded up.
    fileprivate var wholeSeconds: Int64 {
        components.seconds + (components.attoseconds > 0 ? 1 : 0)
    }
}
