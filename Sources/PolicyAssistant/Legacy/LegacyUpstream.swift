internal import OpenAI

/// An older deployment's threads and files, as upstream has them.
struct LegacyUpstream: Sendable {
    let openAI: OpenAIClient

    /// Whether upstream knows a thread.
    func hasThread(_ id: String) async throws -> Bool {
        try await ifKnown { () throws(OpenAIError) in try await openAI.threads.retrieve(id) } != nil
    }

    /// Lets a thread's questions be answered from the documents in a store.
    func bind(_ threadID: String, to store: String) async throws {
        try await openAI.threads.update(threadID, vectorStoreIDs: [store])
    }

    /// Deletes a thread; one that is gone is as good.
    ///
    /// - Returns: Whether it is gone: false where upstream refuses, so that others may fare better.
    func deleteThread(_ id: String) async throws -> Bool {
        do throws(OpenAIError) {
            try await openAI.threads.delete(id)
            return true
        } catch {
            let refusals: Set<OpenAIError.Code> = [
                .invalidRequest, .forbidden, .conflict, .threadBusy, .serverError, .malformedAnswer,
            ]
            guard refusals.contains(error.code) else { throw error }
            return false
        }
    }

    /// What upstream knows of a file; nil where it knows none.
    func file(_ id: String) async throws -> OpenAIFile? {
        try await ifKnown { () throws(OpenAIError) in try await openAI.files.retrieve(id) }
    }
}
