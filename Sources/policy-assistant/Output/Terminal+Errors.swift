internal import PolicyAssistant

extension Terminal {
    /// Says what went wrong and, where a call upstream failed, which it was and how it was answered.
    static func complain(_ error: PolicyAssistantError, showingUpstreamWords: Bool) {
        complain(error.message)
        if let call = error.upstreamCall { note("  \(call)") }
        if showingUpstreamWords, let words = error.upstreamWords { note("  upstream says: \(words)") }
    }
}
