internal import OpenAI

/// Threads upstream that can be made, asked, read and deleted, in whichever wire protocol upstream speaks.
///
/// Chat and sync know threads and answers, and never the protocol. What a call fails with is an `OpenAIError`, from which
/// chat tells what has a remedy, or a ``PolicyAssistantError``, which has none.
protocol UpstreamAdapter: Sendable {
    /// The client of the upstream.
    var openAI: OpenAIClient { get }
    /// The protocol, by whose name threads and corpora are recorded.
    var upstreamProtocol: UpstreamProtocol { get }

    /// Makes or brings up to date what answers from the documents beside them, before a revision comes into force.
    ///
    /// - Parameters:
    ///   - record: What is on record of it.
    ///   - instructions: The instructions as they are now.
    ///   - note: Is called before anything is made, with what it will be found by if its making is never noted.
    /// - Returns: What there is now; nil where the protocol wants no such thing.
    /// - Throws: `OpenAIError`, or ``PolicyAssistantError`` where the one that is configured is not there.
    func prepare(
        _ record: SyncedAssistant.Record,
        instructions: String,
        noting note: (_ tag: String) async throws -> Void
    ) async throws -> SyncedAssistant?

    /// Makes a thread whose questions are answered from a corpus, and which begins with the newest part of what was said
    /// before; returns its ID.
    func makeThread(
        for user: UserID,
        over corpus: Corpus,
        beginningWith history: [UpstreamMessage]
    ) async throws -> String

    /// Whether upstream knows a thread.
    func hasThread(_ id: String) async throws(OpenAIError) -> Bool

    /// Makes sure that the next question in a thread, which may be older than a corpus, is answered from it.
    ///
    /// To be called under the lock of the thread's turns.
    func bind(_ threadID: String, to corpus: Corpus) async throws(OpenAIError)

    /// Asks, and waits for the whole answer.
    func ask(_ question: UpstreamQuestion) async throws -> UpstreamAnswer

    /// Asks, and returns once upstream has begun to answer.
    ///
    /// An answer that ends in any other way than whole throws, whatever came before.
    func stream(_ question: UpstreamQuestion) async throws -> any AsyncSequence<UpstreamEvent, any Error> & Sendable

    /// Returns what was said in a thread, oldest first: the newest `limit` messages of it.
    func messages(of threadID: String, limit: Int) async throws -> [UpstreamMessage]
}

/// A question in a thread, over the documents of one revision.
struct UpstreamQuestion: Sendable {
    let text: String
    let user: UserID
    let threadID: String
    let corpus: Corpus
    let instructions: String
    /// Is told the ID of each object that upstream keeps of the answer beside the thread, as soon as it is known.
    var onResponse: @Sendable (_ id: String) -> Void = { _ in }
}

extension UpstreamAdapter {
    /// Deletes a thread with all that was said in it and the responses made in it, also where it was made over another
    /// protocol, or at another upstream.
    ///
    /// What is gone already is as good.
    func deleteThread(
        _ thread: PendingThreadDeletion,
        responses: [String],
        at elsewhere: OpenAIClient? = nil
    ) async throws {
        let openAI = elsewhere ?? openAI
        switch UpstreamProtocol(rawValue: thread.upstreamProtocol) ?? upstreamProtocol {
        case .responses: try await openAI.deleteConversationAndItems(thread.id)
        case .assistants: try await ignoringAbsence { try await openAI.threads.delete(thread.id) }
        }
        try await openAI.deleteResponses(responses)
    }
}
