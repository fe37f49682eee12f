internal import OpenAI

/// Runs `body` and puts upstream's errors into the domain's terms.
///
/// A call that was cancelled on this side is no failure of upstream: it throws `CancellationError`.
func translatingUpstreamErrors<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
        return try await body()
    } catch let error as OpenAIError {
        if error.code == .cancelled { throw CancellationError() }
        throw PolicyAssistantError(error)
    }
}

extension PolicyAssistantError {
    init(_ error: OpenAIError) {
        let (code, message): (Code, String)
        switch error.code {
        case .unauthorized:
            (code, message) = (
                .upstreamRefused, "Upstream refused the API key. The operator has to check OPENAI_API_KEY."
            )
        case .forbidden:
            (code, message) = (.upstreamRefused, "Upstream does not allow this account what was asked of it.")
        case .quotaExhausted:
            (code, message) = (.upstreamRefused, "The account's quota upstream is spent. The operator has to raise it.")
        case .unreachable:
            (code, message) = (.upstreamUnavailable, "Upstream cannot be reached. Try again shortly.")
        case .certificateUntrusted:
            (code, message) = (
                .upstreamUnavailable, "Upstream's certificate is not trusted. The operator has to check TLS_CA_FILE."
            )
        case .rateLimited, .overloaded:
            (code, message) = (.upstreamUnavailable, "Upstream has too much to do. Try again shortly.")
        case .conversationLocked, .threadBusy:
            (code, message) = (.userBusy, "An earlier question of yours is still being answered. Try again shortly.")
        case .timedOut, .deadlinePassed:
            (code, message) = (.upstreamTimeout, "Upstream did not answer in time. Try again.")
        case .modelNotFound:
            (code, message) = (
                .upstreamRefused, "Upstream does not know the model. The operator has to check OPENAI_MODEL."
            )
        case .notFound:
            (code, message) = (
                .upstreamFailed, "Upstream lost what it should hold. Running `policy-assistant sync` mends it."
            )
        default:
            (code, message) = (.upstreamFailed, "Upstream failed. Try again shortly.")
        }
        let waits: Set<Code> = [.upstreamUnavailable, .userBusy]
        self.init(
            code,
            message,
            retryAfter: waits.contains(code) ? error.retryAfter ?? .seconds(5) : nil,
            cause: error
        )
    }
}
