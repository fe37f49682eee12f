/// What can befall the thread that the settings name, which is never replaced by another.
extension PolicyAssistantError {
    static func sharedThreadLost(_ cause: any Error) -> PolicyAssistantError {
        PolicyAssistantError(
            .upstreamFailed,
            "Upstream lost what it should hold. The operator has to check THREAD_ID, and run `policy-assistant sync`.",
            cause: cause
        )
    }

    static func sharedThreadTooLong(_ cause: any Error) -> PolicyAssistantError {
        PolicyAssistantError(
            .upstreamFailed,
            "The thread that all share has become too long. The operator has to set THREAD_ID to a new one.",
            cause: cause
        )
    }
}
