internal import Synchronization

/// The thread that the settings name for callers who name no user.
///
/// It outlives every revision of the documents, so it is bound to those in force before a question is asked in it.
final class SharedThread: Sendable {
    private let id: String
    private let adapter: any UpstreamAdapter
    /// The vector store that this process bound the thread to last.
    private let store = Mutex<String?>(nil)

    init(id: String, adapter: any UpstreamAdapter) {
        self.id = id
        self.adapter = adapter
    }

    /// Binds the thread to the documents of a revision, unless this process did so before.
    ///
    /// Called under the lock of the thread's turns.
    func bind(to corpus: Corpus) async throws {
        guard store.withLock({ $0 }) != corpus.vectorStoreID else { return }
        try await adapter.bindThread?(id, corpus)
        store.withLock { $0 = corpus.vectorStoreID }
    }
}

/// The failures of the shared thread, which no other thread replaces.
extension PolicyAssistantError {
    static func sharedThreadLost(_ cause: (any Error)?) -> PolicyAssistantError {
        PolicyAssistantError(
            .upstreamFailed,
            "Upstream lost what it should hold. The operator has to check THREAD_ID, and run `policy-assistant sync`.",
            cause: cause
        )
    }

    static func sharedThreadTooLong(_ cause: (any Error)?) -> PolicyAssistantError {
        PolicyAssistantError(
            .upstreamFailed,
            "The thread that all share has become too long. The operator has to set THREAD_ID to a new one.",
            cause: cause
        )
    }
}
