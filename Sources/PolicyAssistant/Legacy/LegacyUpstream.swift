internal import OpenAI

/// The threads and files of an older deployment at the upstream.
struct LegacyUpstream: Sendable {
    let openAI: OpenAIClient

    /// Returns whether upstream has a thread.
    func hasThread(_ id: String) async throws -> Bool {
        try await ifKnown { () throws(OpenAIError) in try await openAI.threads.retrieve(id) } != nil
    }

    /// Attaches a vector store to a thread, so that its questions are answered from the documents in it.
    func bind(_ threadID: String, to store: String) async throws {
        try await openAI.threads.update(threadID, vectorStoreIDs: [store])
    }

    /// Deletes a thread; one that does not exist counts as deleted.
    ///
    /// - Returns: Whether it is deleted; false where upstream refuses this thread, so that others may still be deleted.
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

    /// Returns a file's metadata; nil where upstream does not have it.
    func file(_ id: String) async throws -> OpenAIFile? {
        try await ifKnown { () throws(OpenAIError) in try await openAI.files.retrieve(id) }
    }
}
