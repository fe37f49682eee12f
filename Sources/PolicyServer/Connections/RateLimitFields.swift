internal import HTTPTypes
internal import PolicyAssistant

/// What the rate limits tell the caller: the header fields of draft-ietf-httpapi-ratelimit-headers.
struct RateLimitFields {
    /// `RateLimit` and `RateLimit-Policy`; none where there are no limits.
    let fields: HTTPFields

    /// Counts a user's question.
    ///
    /// - Throws: ``Problem`` with the code `rate_limited` where it is one too many; `PolicyAssistantError` where Redis
    ///   cannot be reached.
    init(admitting user: UserID, by limiter: RateLimiter) async throws {
        let verdict = try await limiter.admit(user)
        self.init(verdict)
        guard let wait = verdict?.retryAfter else { return }
        var problem = Self.exceeded
        problem.headers = fields
        problem.headers[.retryAfter] = String(wait.wholeSeconds)
        throw problem
    }

    init(_ verdict: RateLimitDecision?) {
        guard let verdict else {
            fields = [:]
            return
        }
        var fields = HTTPFields()
        fields[Self.limit] = verdict.quotas
            .map { #""\#($0.name)";r=\#($0.remaining);t=\#($0.reset.wholeSeconds)"# }.joined(separator: ", ")
        fields[Self.policy] = verdict.quotas.map { #""\#($0.name)";q=\#($0.limit);w=60"# }.joined(separator: ", ")
        self.fields = fields
    }

    static let exceeded = Problem(
        status: .tooManyRequests,
        code: "rate_limited",
        detail: "Too many questions in a short time. Wait as many seconds as retry-after says."
    )

    static let limit = HTTPField.Name(verified: "RateLimit")
    static let policy = HTTPField.Name(verified: "RateLimit-Policy")
}

extension Duration {
    /// The seconds, the last one whole.
    fileprivate var wholeSeconds: Int64 {
        components.seconds + (components.attoseconds > 0 ? 1 : 0)
    }
}
