internal import FoundationEssentials
internal import Logging
internal import OpenAI
internal import Synchronization

/// Answers the question of a turn: takes the user's lock, finds or creates the thread, asks, and does what the turn's
/// ``TurnMachine`` says when that fails.
///
/// An answer may be streamed for minutes, and a task keeps the memory of its deepest calls. So the turn's own task only
/// waits for the answer's events; whatever is done before and after that is a ``Step``, which runs in a child task.
final class TurnExecution: Sendable {
    private let request: Request
    private let lock: ThreadsDatabase.TurnLock
    /// What the user wants remembered, in whatever role.
    private let remembered: [RememberedMessage]
    private let state: Mutex<State>

    /// What is to be answered; a class, so that the frames of the turn's task have a reference.
    final class Request: Sendable {
        let question: Question
        let turn: RunningTurn
        let dependencies: TurnDependencies
        /// Gets the responses that upstream keeps of the turn; nil where the turn is not journaled.
        let journal: TurnJournalWriter?
        /// Gets the text and the citations as they come, where the question is streamed.
        let onEvent: AnswerStreamer.EventHandler

        init(
            _ question: Question,
            in turn: RunningTurn,
            with dependencies: TurnDependencies,
            journal: TurnJournalWriter?,
            onEvent: @escaping AnswerStreamer.EventHandler
        ) {
            self.question = question
            self.turn = turn
            self.dependencies = dependencies
            self.journal = journal
            self.onEvent = onEvent
        }
    }

    private struct State {
        var corpus: Corpus
        var thread: ThreadRecord?
        /// What a new thread begins with.
        var history: [UpstreamMessage] = []
        /// Why the question failed the last time.
        var failure: OpenAIError?
    }

    /// How far the question has come.
    private indirect enum Step: Sendable {
        /// Upstream has begun to answer.
        case answering(Asking, any UpstreamEvents)
        /// The turn has its last event.
        case ended(TurnEvent)
    }

    /// How many messages a thread that has become too long hands on to the next.
    private static let carriedMessages = 6
    /// How long a turn waits for the deletion of a thread that it replaces; what is left then is deleted later.
    private static let deletionTimeout = Duration.seconds(10)

    private init(_ request: Request, admitted admission: TurnAdmission) {
        self.request = request
        lock = admission.lock
        remembered = admission.remembered
        state = Mutex(State(corpus: admission.corpus, thread: admission.thread))
    }

    /// Answers the question of a turn that is queued.
    ///
    /// - Parameters:
    ///   - request: The question and its turn.
    ///   - ticket: The turn's place in its user's queue.
    /// - Returns: The event `done`, with the whole answer.
    /// - Throws: ``PolicyAssistantError``, `OpenAIError`, or `CancellationError` where the turn is cancelled.
    static func answer(_ request: Request, _ ticket: UserQueue.Ticket) async throws -> TurnEvent {
        try await request.dependencies.users.withPermit(request.turn, ticket) {
            let execution = try await withChildTask { try await admitted(request) }
            return try await request.dependencies.upstream.withPermit(.questions) {
                (try await execution.run(), execution.thread?.id)
            }
        }
    }

    private static func admitted(_ request: Request) async throws -> TurnExecution {
        let admission = try await request.dependencies.admit(request.turn, as: request.question.role)
        return TurnExecution(request, admitted: admission)
    }

    private var question: Question { request.question }
    private var turn: RunningTurn { request.turn }
    private var dependencies: TurnDependencies { request.dependencies }
    private var corpus: Corpus { state.withLock(\.corpus) }
    private var thread: ThreadRecord? { state.withLock(\.thread) }

    private func run() async throws -> TurnEvent {
        guard let outdated = takeOutdatedThread() else { return try await runSteps() }
        return try await runSteps(deleting: outdated)
    }

    /// Removes and returns the thread that does not belong to the documents in force, if that is so.
    private func takeOutdatedThread() -> ThreadRecord? {
        state.withLock { state in
            guard let thread = state.thread else { return nil }
            if thread.belongs(to: state.corpus, question.role, over: dependencies.adapter) { return nil }
            state.thread = nil
            return thread
        }
    }

    /// Answers in a new thread while the outdated one is deleted.
    @inline(never)
    private func runSteps(deleting outdated: ThreadRecord) async throws -> TurnEvent {
        async let deletion: Void = delete(outdated)
        let event = try await runSteps()
        await deletion
        return event
    }

    private func runSteps() async throws -> TurnEvent {
        var step = try await withChildTask { try await self.begin() }
        while true {
            switch step {
            case .ended(let event):
                return event
            case .answering(let asking, let events):
                let ending = await streamer(of: asking).stream(events)
                step = try await withChildTask { try await self.proceed(after: ending, of: asking) }
            }
        }
    }

    @inline(never)
    private func streamer(of asking: Asking) -> AnswerStreamer {
        AnswerStreamer(answering: asking.question.text, with: asking.assembler, onEvent: request.onEvent)
    }

    // MARK: Steps

    private func begin() async throws -> Step {
        try await proceed(turn.handle(.permitted(hasThread: thread != nil)))
    }

    private func proceed(after ending: AnswerStreamer.Ending, of asking: Asking) async throws -> Step {
        switch ending {
        case .whole(let answer):
            dependencies.breaker.note(nil)
            return .ended(.done(asking.answer(from: answer)))
        case .failed(let error, let hasEmitted):
            dependencies.breaker.note(error)
            return try await proceed(recover(from: error, hasEmitted: hasEmitted))
        }
    }

    private func proceed(_ action: TurnMachine.Action) async throws -> Step {
        var action = action
        while true {
            switch action {
            case .ask, .askAgain:
                if case .askAgain(let pause) = action { try await dependencies.clock.sleep(for: pause) }
                do {
                    return try await ask()
                } catch {
                    action = try await recover(from: error, hasEmitted: false)
                }
            case .createThread:
                action = turn.handle(try await createThread())
            case .reloadCorpusAndCreateThread:
                let corpus = try await dependencies.files.corpus(inForceFor: dependencies.settings)
                state.withLock { $0.corpus = corpus }
                action = turn.handle(try await createThread())
            case .replaceThread(let carriesHistory):
                try await removeThread(carriesHistory: carriesHistory)
                action = turn.handle(try await createThread())
            case .fail(let cause):
                throw error(cause)
            }
        }
    }

    /// Returns what to do after a failure of upstream.
    ///
    /// - Throws: `failure`, where it is another's.
    private func recover(from failure: any Error, hasEmitted: Bool) async throws -> TurnMachine.Action {
        guard let failure = failure as? OpenAIError else { throw failure }
        state.withLock { $0.failure = failure }
        return turn.handle(.failed(await kind(of: failure, hasEmitted: hasEmitted), hasEmitted: hasEmitted))
    }

    // MARK: Asking

    private func ask() async throws -> Step {
        let asking = try await prepare()
        let (adapter, breaker) = (dependencies.adapter, dependencies.breaker)
        guard question.isStreamed else {
            let answer = try await breaker.guarding { try await adapter.ask(asking.question) }
            return .ended(.done(asking.answer(from: answer)))
        }
        return .answering(asking, try await breaker.beginning { try await adapter.stream(asking.question) })
    }

    /// What is asked, and what makes an answer of upstream's.
    private final class Asking: Sendable {
        let question: UpstreamQuestion
        let assembler: AnswerAssembler

        init(_ question: UpstreamQuestion, _ assembler: AnswerAssembler) {
            self.question = question
            self.assembler = assembler
        }

        func answer(from answer: UpstreamAnswer) -> Answer {
            assembler.answer(from: answer, to: question.text, threadID: question.threadID)
        }
    }

    private func prepare() async throws -> Asking {
        let corpus = corpus
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
            onResponse: { [turn, journal = request.journal] response in
                // Responses in the shared thread are the operator's, and are not deleted with a user's.
                guard !isShared, turn.note(response, in: thread) else { return }
                journal?.note(TurnTrace(thread: thread, responses: [response]), of: turn.id)
            }
        )
        return Asking(asked, assembler)
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

    private func kind(of error: OpenAIError, hasEmitted: Bool) async -> TurnMachine.Failure {
        if !hasEmitted, await isOfLostStore(error) { return .vectorStoreLost }
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
        let storeID = corpus.vectorStoreID
        let namesStore = error.upstreamMessage?.contains(storeID) ?? false
        guard error.code == .notFound || (error.code == .invalidRequest && namesStore) else { return false }
        return (try? await dependencies.adapter.mayHaveVectorStore(storeID)) == false
    }

    private func error(_ cause: TurnMachine.Cause) -> any Error {
        let failure = state.withLock(\.failure)
        return switch cause {
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
    private func createThread() async throws -> TurnMachine.Event {
        let (now, corpus) = (Date.currentSecond, corpus)
        let created = ThreadRecord(
            id: try await createThreadUpstream(),
            upstreamProtocol: dependencies.adapter.upstreamProtocol,
            baseURL: corpus.baseURL,
            revision: corpus.revision,
            createdAt: now,
            lastUsedAt: now,
            roleFingerprint: question.role?.fingerprint ?? ""
        )
        let shared = dependencies.settings.sharedThread
        switch try await dependencies.threads.assign(created, under: lock, keeping: shared) {
        case .assigned:
            state.withLock { $0.thread = created }
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
        let (corpus, history) = state.withLock { ($0.corpus, $0.history) }
        do {
            return try await dependencies.breaker.guarding {
                try await dependencies.adapter.makeThread(for: question.user, over: corpus, beginningWith: history)
            }
        } catch let error as OpenAIError {
            throw await isOfLostStore(error) ? PolicyAssistantError.vectorStoreLost(error) : error
        }
    }

    /// Removes the thread, so that another can take its place.
    private func removeThread(carriesHistory: Bool) async throws {
        guard let old = thread else { return }
        let failure = state.withLock(\.failure)
        dependencies.logger.notice(
            "a thread is replaced",
            metadata: ["reason": "\(failure?.code.description ?? "")", "carries_history": "\(carriesHistory)"]
        )
        let history =
            carriesHistory ? try await dependencies.adapter.messages(of: old.id, limit: Self.carriedMessages) : []
        state.withLock { state in
            state.thread = nil
            state.history = history
        }
        await delete(old)
    }

    private func delete(_ thread: ThreadRecord) async {
        await dependencies.delete(thread, replacedIn: turn, within: Self.deletionTimeout)
    }
}
