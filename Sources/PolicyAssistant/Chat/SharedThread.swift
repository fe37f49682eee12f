internal import Synchronization

/// The thread that the settings name for callers who name no user.
///
/// It outlives every revision of the documents, so that it is bound to those in force before it is asked.
final class SharedThread: Sendable {
    private let id: String
    private let backend: any UpstreamAdapter
    /// The store of the documents that it was last bound to by this process.
    private let store = Mutex<String?>(nil)

    init(id: String, backend: any UpstreamAdapter) {
        self.id = id
        self.backend = backend
    }

    /// Makes sure that the thread's next question is answered from a revision's documents.
    ///
    /// To be called under the lock of the thread's turns.
    func follow(_ corpus: Corpus) async throws {
        guard store.withLock({ $0 }) != corpus.vectorStoreID else { return }
        try await backend.bindThread?(id, corpus)
        store.withLock { $0 = corpus.vectorStoreID }
    }
}
