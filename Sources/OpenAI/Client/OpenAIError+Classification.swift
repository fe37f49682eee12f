extension OpenAIError.Code {
    /// The kind that an answer's status and the API's own words for it amount to.
    ///
    /// The API's `type` marks quota errors whatever their code is; then its `code` says most, and the status decides
    /// only where it is silent. Errors inside a stream have no status of their own.
    static func classifying(status: Int?, apiCode: String?, apiType: String?) -> Self {
        if apiType == "insufficient_quota" { return .quotaExhausted }
        if let code = byCode(apiCode) { return code }
        switch status {
        case nil: return .serverError
        case 401: return .unauthorized
        case 403: return .forbidden
        case 404: return .notFound
        case 408, 504: return .timedOut
        case 409: return .conflict
        case 429: return .rateLimited
        case 503: return .overloaded
        case .some(400..<500): return .invalidRequest
        case .some(500...): return .serverError
        case .some: return .malformedAnswer
        }
    }

    private static func byCode(_ apiCode: String?) -> Self? {
        switch apiCode {
        case "insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded",
            "project_spend_limit_exceeded", "organization_usage_limit_exceeded":
            .quotaExhausted
        case "conversation_locked": .conversationLocked
        case "context_length_exceeded": .contextLengthExceeded
        case "model_not_found": .modelNotFound
        case "invalid_api_key": .unauthorized
        case "rate_limit_exceeded": .rateLimited
        case "server_is_overloaded", "slow_down": .overloaded
        case "server_error": .serverError
        case "vector_store_timeout": .timedOut
        case "invalid_prompt": .invalidRequest
        case "data_residency_mismatch", "bio_policy", "misalignment_policy_violation": .forbidden
        default: nil
        }
    }
}
