internal import OpenAI

extension PolicyAssistantError {
    /// Somebody has deleted the vector store with the documents, or it has expired; `cause` is the error by which that was
    /// met, if it was.
    static func vectorStoreLost(_ cause: OpenAIError? = nil) -> PolicyAssistantError {
        PolicyAssistantError(
            .vectorStoreLost,
            "Upstream no longer has the vector store with the documents. Run `policy-assistant sync --repair`.",
            retryAfter: .seconds(30),
            cause: cause
        )
    }
}

extension VectorStoresAPI {
    /// Whether upstream has a store that can be searched; true also where the API key may not look.
    ///
    /// - Throws: `OpenAIError`.
    func mayHave(_ id: String) async throws(OpenAIError) -> Bool {
        do throws(OpenAIError) {
            return try await retrieve(id).status != .expired
        } catch {
            switch error.code {
            case .notFound: return false
            case .forbidden: return true
            default: throw error
            }
        }
    }
}
