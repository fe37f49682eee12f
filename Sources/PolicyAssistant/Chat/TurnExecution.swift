internal import FoundationEssentials
internal import Logging
internal import OpenAI
internal import Synchronization

/// One turn in a user's thread: finds or makes the thread, asks, and mends what can be mended on the way.
///
/// What was told to the listener is never taken back: once text has been told, a failure is the end of the turn.
struct TurnExecution: Sendable {
    private let question: Question
    private let lock: ThreadsDatabase.TurnLock
    private let chat: Chat
    private let streamer: AnswerStreamer
    private let traces: TurnTraces
    private var corpus: Corpus
    private var record: ThreadRecord?
    /// What a new thread begins with.
    private var history: [UpstreamMessage] = []

    /// How many messages go along to a new thread when the old one has become too long.
    private static let carriedMessages = 6
    /// The pauses between attempts while upstream is still at an earlier turn of the thread: a minute in all.
    private static let lockPauses = [0.25, 0.5, 1, 2, 4, 8, 8, 8, 8, 8, 8].map { Duration.seconds($0) }

    /// How long a turn waits for the deletion of a thread that it goes on without; what is left then is deleted later.
    private static let patience = Duration.seconds(10)

    init(
        _ question: Question,
        _ admission: Chat.Admission,
        in chat: Chat,
        noting traces: TurnTraces,
        telling listener: @escaping Chat.Listener
    ) {
        self.traces = traces
        self.question = question
        self.chat = chat
        lock = admission.lock
        corpus = admission.corpus
        record = admission.thread
        streamer = AnswerStreamer(listener)
    }

    /// Brings the answer.
    ///
    /// - Throws: ``PolicyAssistantError``.
    consuming func answer() async throws -> Answer {
        var outdated: ThreadRecord?
        if let thread = record,
            thread.revision != corpus.revision || thread.upstreamProtocol != chat.backend.upstreamProtocol
        {
            outdated = thread
            record = nil
        }
        guard let outdated else { return try await translatingUpstreamErrors { try await askWithRecovery() } }
        // What an outdated thread holds is deleted while the new one is asked.
        async let cleared: Void = clear(outdated)
        let answer = try await translatingUpstreamErrors { try await askWithRecovery() }
        await cleared
        return answer
    }

    /// Asks again where the failure has a remedy, each remedy once.
    private mutating func askWithRecovery() async throws -> Answer {
        var remedies: Set<Recovery> = []
        var pauses = Self.lockPauses.makeIterator()
        while true {
            let thread = try await thread()
            do {
                if isShared { try await chat.sharedThread?.follow(corpus) }
                return try await ask(in: thread)
            } catch let error as OpenAIError where !streamer.hasEmitted {
                if await isOfLostStore(error) { throw PolicyAssistantError.vectorStoreLost(error) }
                switch error.code {
                // The operator's thread is nobody's to replace.
                case .notFound where isShared: throw PolicyAssistantError.sharedThreadLost(error)
                case .contextLengthExceeded where isShared: throw PolicyAssistantError.sharedThreadTooLong(error)
                case .conversationLocked, .threadBusy:
                    guard let pause = pauses.next() else { throw error }
                    try await chat.clock.sleep(for: pause)
                case .notFound where remedies.insert(.replacingTheLost).inserted:
                    chat.logger.notice("a thread is unknown upstream and is replaced")
                    // The responses made in it may still be there.
                    try await replaceThread(thread)
                case .contextLengthExceeded where remedies.insert(.goingOnAnew).inserted:
                    chat.logger.notice("a thread has become too long and goes on in a new one")
                    history = try await chat.backend.messages(of: thread.id, limit: Self.carriedMessages)
                    try await replaceThread(thread)
                case .contextLengthExceeded where remedies.insert(.beginningAnew).inserted:
                    history = []
                    try await replaceThread(thread)
                default:
                    throw error
                }
            }
        }
    }

    /// Whether a question failed because upstream no longer has the vector store, and not the thread.
    ///
    /// Upstream says of both that they are not found, and some compatible servers call a request invalid that names a
    /// store which is gone.
    private func isOfLostStore(_ error: OpenAIError) async -> Bool {
        let namesStore = error.upstreamMessage?.contains(corpus.vectorStoreID) ?? false
        guard error.code == .notFound || (error.code == .invalidRequest && namesStore) else { return false }
        return (try? await chat.backend.mayHaveVectorStore(corpus.vectorStoreID)) == false
    }

    private var isShared: Bool { question.user == .anonymous }

    private enum Recovery { case replacingTheLost, goingOnAnew, beginningAnew }

    private mutating func replaceThread(_ thread: ThreadRecord) async throws {
        record = nil
        await clear(thread)
    }

    /// The thread on record, or a new one.
    private mutating func thread() async throws -> ThreadRecord {
        if let record { return record }
        // A sync may end between the reading of the corpus and the recording of the thread, more than once.
        for _ in 0..<3 {
            let now = Date.currentSecond
            let thread = ThreadRecord(
                id: try await makeThread(),
                upstreamProtocol: chat.backend.upstreamProtocol,
                baseURL: corpus.baseURL,
                revision: corpus.revision,
                createdAt: now,
                lastUsedAt: now
            )
            switch try await chat.threads.assign(thread, under: lock, keeping: chat.settings.sharedThread) {
            case .assigned:
                record = thread
                return thread
            case .lockLost:
                await clear(thread)
                throw PolicyAssistantError.turnTakenOver
            case .outdated:
                await clear(thread)
                corpus = try chat.usable(try await chat.files.corpus())
            }
        }
        throw PolicyAssistantError.userBusy
    }

    private func makeThread() async throws -> String {
        do {
            return try await chat.breaker.guarding {
                try await chat.backend.makeThread(for: question.user, over: corpus, beginningWith: history)
            }
        } catch let error as OpenAIError {
            throw await isOfLostStore(error) ? PolicyAssistantError.vectorStoreLost(error) : error
        }
    }

    private func ask(in thread: ThreadRecord) async throws -> Answer {
        let assembler = AnswerAssembler(
            corpus: corpus,
            documents: try await chat.corpusFiles.documents(ofRevision: corpus.revision)
        )
        let asked = UpstreamQuestion(
            text: question.message,
            user: question.user,
            threadID: thread.id,
            corpus: corpus,
            instructions: try chat.instructions.text(),
            onResponse: { [traces, isShared] id in
                // What is made in the operator's thread is nobody's to forget.
                if !isShared { traces.note(id, in: thread) }
            }
        )
        return try await chat.breaker.guarding {
            guard question.isStreamed else {
                let answer = try await chat.backend.ask(asked)
                return assembler.answer(from: answer, to: question.message, threadID: thread.id)
            }
            let events = try await apart { [chat] in try await chat.backend.stream(asked) }
            let answer = try await streamer.tell(events, to: question.message, with: assembler)
            return assembler.answer(from: answer, to: question.message, threadID: thread.id)
        }
    }

    /// Deletes a thread that the turn goes on without; where that takes too long or fails, it is on the list of threads
    /// to delete.
    private func clear(_ thread: ThreadRecord) async {
        do {
            _ = try await chat.disposal.dispose(
                of: .init(user: question.user, record: thread),
                leaving: traces.take(of: thread.id),
                patience: Self.patience
            )
        } catch {
            chat.logger.warning("a thread could not be put on the list to delete", metadata: ["error": "\(error)"])
        }
    }
}
