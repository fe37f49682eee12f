internal import FoundationEssentials
internal import Logging
internal import OpenAI

/// Answers the question of a turn: takes the user's lock, finds or creates the thread, asks, and does what the turn's
/// ``TurnMachine`` says when that fails.
///
/// An answer may be streamed for minutes, and each frame of an async function that waits has room for all values that the
/// function ever has. So this is a class, whose values are in no frame, and what is not done while events come is in
/// functions of its own, which are not to be inlined.
final class TurnExecution {
    private let question: Question
    private let turn: RunningTurn
    private let lock: ThreadsDatabase.TurnLock
    private let dependencies: TurnDependencies
    /// Gets the responses that upstream keeps of the turn, where the turn is journaled.
    private let journal: TurnJournalWriter?
    private let streamer: AnswerStreamer
    private var corpus: Corpus
    private var thread: ThreadRecord?
    /// What the user wants remembered, in whatever role.
    private let remembered: [RememberedMessage]
    /// What a new thread begins with.
    private var history: [UpstreamMessage] = []

    /// How many messages a thread that has become too long hands on to the next.
    private static let carriedMessages = 6
    /// How long a turn waits for the deletion of a thread that it replaces; what is left then is deleted later.
    private static let deletionTimeout = Duration.seconds(10)

    private init(
        _ question: Question,
        in turn: RunningTurn,
        admitted admission: Admission,
        with dependencies: TurnDependencies,
        journal: TurnJournalWriter?,
        streamer: AnswerStreamer
    ) {
        self.question = question
        self.turn = turn
        self.dependencies = dependencies
        self.journal = journal
        self.streamer = streamer
        lock = admission.lock
        corpus = admission.corpus
        thread = admission.thread
        remembered = admission.remembered
    }

    /// Answers the question of a turn that is queued.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - turn: Its turn.
    ///   - ticket: The turn's place in its user's queue.
    ///   - dependencies: What the turn works with.
    ///   - journal: Gets the responses that upstream keeps of the turn; nil where the turn is not journaled.
    ///   - onEvent: Gets the text and the citations as they come, where the question is streamed.
    /// - Returns: The event `done`, with the whole answer.
    /// - Throws: ``PolicyAssistantError``, `OpenAIError`, or `CancellationError` where the turn is cancelled.
    static func answer(
        _ question: Question,
        in turn: RunningTurn,
        _ ticket: UserQueue.Ticket,
        with dependencies: TurnDependencies,
        journal: TurnJournalWriter?,
        onEvent: @escaping AnswerStreamer.EventHandler
    ) async throws -> TurnEvent {
        try await dependencies.users.withPermit(turn, ticket) {
            let admission = try await withChildTask { try await dependencies.admit(turn, as: question.role) }
            return try await dependencies.upstream.withPermit(.questions) {
                let execution = TurnExecution(
                    question,
                    in: turn,
                    admitted: admission,
                    with: dependencies,
                    journal: journal,
                    streamer: AnswerStreamer(onEvent: onEvent)
                )
                let event = try await execution.run()
                return (event, execution.thread?.id)
            }
        }
    }

    private func run() async throws -> TurnEvent {
        guard let outdated = thread, !outdated.belongs(to: corpus, question.role, over: dependencies.adapter) else {
            return try await askWithRecovery()
        }
        thread = nil
        let (dependencies, turn) = (dependencies, turn)
        // The outdated thread is deleted while the new one is asked.
        async let deletion: Void = dependencies.delete(outdated, replacedIn: turn, within: Self.deletionTimeout)
        let event = try await askWithRecovery()
        await deletion
        return event
    }

    private func askWithRecovery() async throws -> TurnEvent {
        var failure: OpenAIError?
        var action = turn.handle(.permitted(hasThread: thread != nil))
        while true {
            switch action {
            case .ask, .askAgain:
                if case .askAgain(let pause) = action { try await dependencies.clock.sleep(for: pause) }
                do {
                    return try await ask()
                } catch let error as OpenAIError {
                    failure = error
                    action = turn.handle(.failed(await kind(of: error), hasEmitted: streamer.hasEmitted))
                }
            case .createThread:
                action = turn.handle(try await createThread())
            case .reloadCorpusAndCreateThread:
                corpus = try await dependencies.files.corpus(inForceFor: dependencies.settings)
                action = turn.handle(try await createThread())
            case .replaceThread(let carriesHistory):
                try await removeThread(carriesHistory: carriesHistory, after: failure)
                action = turn.handle(try await createThread())
            case .fail(let cause):
                throw error(cause, failure)
            }
        }
    }

    // MARK: Asking

    @inline(never)
    private func ask() async throws -> TurnEvent {
        let asking = try await prepare()
        let answer = try await dependencies.breaker.guarding { try await upstreamAnswer(asking) }
        return .done(asking.assembler.answer(from: answer, to: question.message, threadID: asking.question.threadID))
    }

    /// What is asked, and what makes an answer of upstream's.
    private final class Asking: Sendable {
        let question: UpstreamQuestion
        let assembler: AnswerAssembler

        init(_ question: UpstreamQuestion, _ assembler: AnswerAssembler) {
            self.question = question
            self.assembler = assembler
        }
    }

    @inline(never)
    private func prepare() async throws -> Asking {
        guard let thread else { throw PolicyAssistantError.unforeseen }
        let isShared = question.user == .anonymous
        if isShared { try await dependencies.sharedThread?.bind(to: corpus) }
        let manner = try await manner()
        let assembler = AnswerAssembler(
            corpus: corpus,
            documents: try await dependencies.corpusFiles.documents(ofRevision: corpus.revision),
            model: question.modelSettings.model ?? dependencies.settings.model,
            role: question.role,
            imitation: manner.mark
        )
        let asked = UpstreamQuestion(
            text: question.message,
            user: question.user,
            threadID: thread.id,
            corpus: corpus,
            instructions: try instructions(in: thread, with: manner.instructions),
            modelSettings: question.modelSettings,
            onResponse: { [turn, journal] response in
                // Responses in the shared thread are the operator's, and are not deleted with a user's.
                guard !isShared, turn.note(response, in: thread) else { return }
                journal?.note(TurnTrace(thread: thread, responses: [response]), of: turn.id)
            }
        )
        return Asking(asked, assembler)
    }

    private func upstreamAnswer(_ asking: Asking) async throws -> UpstreamAnswer {
        let adapter = dependencies.adapter
        guard question.isStreamed else { return try await adapter.ask(asking.question) }
        let events = try await withChildTask { try await adapter.stream(asking.question) }
        return try await streamer.stream(events, answering: question.message, with: asking.assembler)
    }

    /// Returns whose manner of writing the role imitates, if anybody's, and what the model is told of it.
    private func manner() async throws -> (mark: ImitationMark?, instructions: String) {
        guard let role = question.role, role.scope == .shared,
            let examples = try await dependencies.imitations.examples(ofRole: role.name.value)
        else { return (nil, "") }
        let instructions = try await examples.instructions(for: question.message)
        return (instructions.isEmpty ? nil : examples.mark, instructions)
    }

    private func instructions(
        in thread: ThreadRecord,
        with manner: String
    ) throws(PolicyAssistantError) -> String {
        let wanted = remembered.filter { $0.role == lock.owner.role && $0.threadID != thread.id }
        return [
            try dependencies.instructions.text(), question.instructions, question.role?.instructions ?? "",
            manner, wanted.instructions,
        ].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    @inline(never)
    private func kind(of error: OpenAIError) async -> TurnMachine.Failure {
        if !streamer.hasEmitted, await isOfLostStore(error) { return .vectorStoreLost }
        return switch error.code {
        case .conversationLocked, .threadBusy: .threadBusy
        case .notFound: .threadNotFound
        case .contextLengthExceeded: .threadTooLong
        default: .other
        }
    }

    /// Whether a call failed because upstream no longer has the vector store.
    ///
    /// Upstream says `not found` of the store as of the thread, and some compatible servers call a request invalid that
    /// names a store which is gone.
    private func isOfLostStore(_ error: OpenAIError) async -> Bool {
        let namesStore = error.upstreamMessage?.contains(corpus.vectorStoreID) ?? false
        guard error.code == .notFound || (error.code == .invalidRequest && namesStore) else { return false }
        return (try? await dependencies.adapter.mayHaveVectorStore(corpus.vectorStoreID)) == false
    }

    private func error(_ cause: TurnMachine.Cause, _ failure: OpenAIError?) -> any Error {
        switch cause {
        case .failure: failure ?? PolicyAssistantError.unforeseen
        case .vectorStoreLost: PolicyAssistantError.vectorStoreLost(failure)
        case .sharedThreadLost: PolicyAssistantError.sharedThreadLost(failure)
        case .sharedThreadTooLong: PolicyAssistantError.sharedThreadTooLong(failure)
        case .userBusy: PolicyAssistantError.userBusy
        case .lockLost: PolicyAssistantError.lockLost
        }
    }

    // MARK: Threads

    /// Creates a thread and assigns it to the user, unless the turn has lost its lock or the revision is flushed.
    @inline(never)
    private func createThread() async throws -> TurnMachine.Event {
        let now = Date.currentSecond
        let created = ThreadRecord(
            id: try await createThreadUpstream(),
            upstreamProtocol: dependencies.adapter.upstreamProtocol,
            baseURL: corpus.baseURL,
            revision: corpus.revision,
            createdAt: now,
            lastUsedAt: now,
            roleFingerprint: question.role?.fingerprint ?? ""
        )
        let assignment = try await withChildTask { [lock, dependencies] in
            try await dependencies.threads.assign(created, under: lock, keeping: dependencies.settings.sharedThread)
        }
        switch assignment {
        case .assigned:
            thread = created
            return .threadAssigned
        case .lockLost:
            await delete(created)
            return .lockLost
        case .outdated:
            await delete(created)
            return .threadOutdated
        }
    }

    private func createThreadUpstream() async throws -> String {
        do {
            return try await withChildTask { [question, corpus, history, dependencies] in
                try await dependencies.breaker.guarding {
                    try await dependencies.adapter.makeThread(for: question.user, over: corpus, beginningWith: history)
                }
            }
        } catch let error as OpenAIError {
            throw await isOfLostStore(error) ? PolicyAssistantError.vectorStoreLost(error) : error
        }
    }

    /// Removes the thread, so that another can take its place.
    @inline(never)
    private func removeThread(carriesHistory: Bool, after failure: OpenAIError?) async throws {
        guard let old = thread else { return }
        dependencies.logger.notice(
            "a thread is replaced",
            metadata: ["reason": "\(failure?.code.description ?? "")", "carries_history": "\(carriesHistory)"]
        )
        history = carriesHistory ? try await dependencies.adapter.messages(of: old.id, limit: Self.carriedMessages) : []
        thread = nil
        await delete(old)
    }

    private func delete(_ thread: ThreadRecord) async {
        await dependencies.delete(thread, replacedIn: turn, within: Self.deletionTimeout)
    }
}

/// What a turn has once it may run.
private struct Admission {
    let lock: ThreadsDatabase.TurnLock
    let corpus: Corpus
    let thread: ThreadRecord?
    let remembered: [RememberedMessage]
}

extension TurnDependencies {
    /// Takes the user's lock for a turn and reads the thread, then the corpus.
    ///
    /// In this order, as by the locks a sync knows which turns may still ask for earlier documents.
    fileprivate func admit(
        _ turn: RunningTurn,
        as role: Role?
    ) async throws -> Admission {
        let (lock, record, remembered) = try await users.acquireLock(for: turn)
        let corpus = try await files.corpus(inForceFor: settings)
        // Callers who name no user ask in the thread of the settings, which no named user gets.
        let shared = settings.sharedThread.map { ThreadRecord(shared: $0, under: corpus, role) }
        let thread = turn.user == .anonymous ? shared : record?.id == shared?.id ? nil : record
        return Admission(lock: lock, corpus: corpus, thread: thread, remembered: remembered)
    }

    /// Deletes a thread that a turn replaces; what cannot be deleted in time is on the list of pending deletions.
    fileprivate func delete(
        _ thread: ThreadRecord,
        replacedIn turn: RunningTurn,
        within timeout: Duration
    ) async {
        do {
            _ = try await threadDeletion.dispose(
                of: ThreadsDatabase.OwnedThread(owner: turn.owner, record: thread),
                leaving: turn.takeResponses(of: thread.id),
                timeout: timeout
            )
        } catch {
            logger.warning("a thread cannot be put on the list of pending deletions", metadata: ["error": "\(error)"])
        }
    }
}

extension ThreadRecord {
    /// Whether a thread is of the revision, the role's text and the wire protocol in use.
    fileprivate func belongs(to corpus: Corpus, _ role: Role?, over adapter: any UpstreamAdapter) -> Bool {
        revision == corpus.revision && upstreamProtocol == adapter.upstreamProtocol
            && roleFingerprint == role?.fingerprint ?? ""
    }
}
