internal import OpenAI

/// Threads upstream that can be created, asked, read and deleted, over one of the wire protocols.
///
/// Chat and sync know threads and answers, and never the protocol. A call fails with an `OpenAIError`, from which chat may
/// recover, or with a ``PolicyAssistantError``, from which it does not.
protocol UpstreamAdapter: Sendable {
    /// The protocol, whose name is recorded with threads and corpora.
    var upstreamProtocol: UpstreamProtocol { get }

    /// Binds an existing thread to the documents of a corpus, from which its next question is answered; nil in a protocol
    /// whose questions name their documents themselves.
    ///
    /// The caller holds the lock of the thread's turns.
    var bindThread: (@Sendable (_ threadID: String, _ corpus: Corpus) async throws(OpenAIError) -> Void)? { get }

    /// Creates a thread whose questions are answered from a corpus.
    ///
    /// - Parameters:
    ///   - user: The user, whom upstream knows by a pseudonym.
    ///   - corpus: The corpus.
    ///   - history: The messages that the thread begins with, oldest first; the newest of them, where it takes fewer.
    /// - Returns: The thread's ID.
    /// - Throws: `OpenAIError`; ``PolicyAssistantError`` where upstream does not bind the thread to the corpus.
    func makeThread(
        for user: UserID,
        over corpus: Corpus,
        beginningWith history: [UpstreamMessage]
    ) async throws -> String

    /// Whether upstream knows a thread.
    func hasThread(_ id: String) async throws(OpenAIError) -> Bool

    /// Whether upstream has a vector store that can be searched; true also where the API key may not look.
    func mayHaveVectorStore(_ id: String) async throws(OpenAIError) -> Bool

    /// Asks, and waits for the whole answer.
    func ask(_ question: UpstreamQuestion) async throws -> UpstreamAnswer

    /// Asks, and returns once upstream has begun to answer.
    ///
    /// The sequence throws unless the answer ends whole, whatever it has yielded before.
    func stream(_ question: UpstreamQuestion) async throws -> any UpstreamEvents

    /// The newest `limit` messages of a thread, oldest first.
    func messages(of threadID: String, limit: Int) async throws -> [UpstreamMessage]

    /// Deletes a thread with its messages and the responses that were created in it; what is gone counts as deleted.
    ///
    /// - Parameters:
    ///   - thread: The thread, which may have been created over the other protocol.
    ///   - responses: The IDs of the responses.
    ///   - elsewhere: The client of the upstream that has them; nil for the one in force.
    /// - Throws: `OpenAIError`.
    func deleteThread(_ thread: PendingThreadDeletion, responses: [String], at elsewhere: OpenAIClient?) async throws
}

/// The events of an answer, read once.
typealias UpstreamEvents = AsyncSequence<UpstreamEvent, any Error> & Sendable

/// A question in a thread, over the documents of one revision.
struct UpstreamQuestion: Sendable {
    let text: String
    let user: UserID
    let threadID: String
    let corpus: Corpus
    let instructions: String
    /// What the caller wants of the model.
    var modelSettings = ModelSettings()
    /// Receives the ID of each object that upstream keeps of the answer beside the thread, as soon as it is known.
    var onResponse: @Sendable (_ id: String) -> Void = { _ in }
}
