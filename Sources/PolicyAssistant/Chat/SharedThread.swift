internal import OpenAI
internal import Synchronization

/// The thread that the settings name for callers who name no user.
///
/// Under the assistants protocol a thread searches the vector store that it is bound to, so this one is bound to the store
/// of the documents in force before it is asked. Under responses each question says where to search.
final class SharedThread: Sendable {
    private let id: String
    private let openAI: OpenAIClient
    /// The store that it was last bound to by this process.
    private let store = Mutex<String?>(nil)

    init(id: String, openAI: OpenAIClient) {
        self.id = id
        self.openAI = openAI
    }

    /// Makes sure that the thread's next question is answered from a revision's documents.
    ///
    /// To be called under the lock of the thread's turns.
    func follow(_ corpus: Corpus) async throws {
        guard corpus.upstreamProtocol == Settings.UpstreamProtocol.assistants.rawValue,
            store.withLock({ $0 }) != corpus.vectorStoreID
        else { return }
        try await openAI.threads.update(id, vectorStoreIDs: [corpus.vectorStoreID])
        store.withLock { $0 = corpus.vectorStoreID }
    }
}
