internal import FoundationEssentials
internal import Logging
internal import OpenAI

/// Takes a user's question to the user's thread and brings the answer back.
struct Chat: Sendable {
    let settings: Settings
    let files: FilesDatabase
    let corpusFiles: CorpusFiles
    let threads: ThreadsDatabase
    let backend: ResponsesBackend
    let instructions: Instructions
    let logger: Logger

    /// How long a turn's lock outlives the longest turn, so that a turn never loses it while it runs.
    private static let leaseMargin = Duration.seconds(15)

    /// Asks one question, within ``Settings/chatTimeout``.
    func ask(_ message: String, by user: UserID) async throws -> Answer {
        let question = try checked(message)
        do {
            return try await withDeadline(settings.chatTimeout) {
                try await turn(question, by: user)
            }
        } catch is DeadlinePassed {
            throw PolicyAssistantError(
                .upstreamTimeout,
                "The answer did not come within \(settings.chatTimeout.components.seconds) seconds. Ask again."
            )
        }
    }

    private func checked(_ message: String) throws(PolicyAssistantError) -> String {
        guard message.contains(where: { !$0.isWhitespace }) else {
            throw PolicyAssistantError(.invalidField, "message must hold a question.", field: "message")
        }
        guard message.unicodeScalars.count <= settings.maximumMessageCharacters else {
            throw PolicyAssistantError(
                .invalidField,
                "message must have at most \(settings.maximumMessageCharacters) characters.",
                field: "message"
            )
        }
        return message
    }

    private func turn(_ question: String, by user: UserID) async throws -> Answer {
        let (turn, thread, corpus) = try await admit(user)
        do {
            let answer = try await translatingUpstreamErrors {
                try await self.answer(question, by: user, in: turn, thread: thread, corpus: corpus)
            }
            await end(turn, used: answer.threadID)
            return answer
        } catch {
            await end(turn)
            throw error
        }
    }

    /// Waits for the user's earlier turn to end, and learns the thread and the corpus.
    private func admit(_ user: UserID) async throws -> (ThreadsDatabase.Turn, ThreadRecord?, Corpus) {
        var pause = Duration.milliseconds(20)
        while true {
            async let corpus = files.corpus()
            switch try await threads.begin(user, lease: settings.chatTimeout + Self.leaseMargin) {
            case .admitted(let turn, let thread):
                do {
                    return (turn, thread, try usable(await corpus))
                } catch {
                    await end(turn)
                    throw error
                }
            case .occupied(let remaining):
                try await Task.sleep(for: min(pause, max(remaining, .milliseconds(1))))
                pause = min(pause * 2, .milliseconds(500))
            }
        }
    }

    /// Gives the lock back, also when the turn was cancelled.
    ///
    /// Where that fails the lock ends by itself, which is no reason to lose an answer that is there.
    private func end(_ turn: ThreadsDatabase.Turn, used threadID: String? = nil) async {
        await shieldedFromCancellation {
            try? await threads.end(turn, used: threadID, at: Date.now.formatted(.iso8601))
        }
    }

    private func usable(_ corpus: Corpus?) throws(PolicyAssistantError) -> Corpus {
        guard let corpus, corpus.baseURL == settings.upstreamIdentity else {
            throw PolicyAssistantError.notSynced
        }
        return corpus
    }

    private func answer(
        _ question: String,
        by user: UserID,
        in turn: ThreadsDatabase.Turn,
        thread: ThreadRecord?,
        corpus: Corpus
    ) async throws -> Answer {
        let assembler = AnswerAssembler(corpus: corpus, paths: try await corpusFiles.paths(ofRevision: corpus.revision))
        if let thread, thread.revision == corpus.revision, thread.upstreamProtocol == ResponsesBackend.name {
            do {
                return try await ask(question, by: user, in: thread.id, corpus, assembler)
            } catch let error as OpenAIError where error.code == .notFound {
                logger.notice("a thread is unknown upstream and is replaced")
            }
            return try await askInNewThread(question, by: user, in: turn, corpus, assembler)
        }
        // What an outdated thread holds is deleted while the new one is asked.
        async let cleared: Void = clear(thread)
        let answer = try await askInNewThread(question, by: user, in: turn, corpus, assembler)
        await cleared
        return answer
    }

    private func askInNewThread(
        _ question: String,
        by user: UserID,
        in turn: ThreadsDatabase.Turn,
        _ corpus: Corpus,
        _ assembler: AnswerAssembler
    ) async throws -> Answer {
        let now = Date.now.formatted(.iso8601)
        let record = ThreadRecord(
            id: try await backend.makeThread(for: user),
            upstreamProtocol: ResponsesBackend.name,
            revision: corpus.revision,
            createdAt: now,
            lastUsedAt: now
        )
        guard try await threads.assign(record, in: turn) else {
            try await backend.deleteThread(record.id)
            throw PolicyAssistantError(
                .userBusy,
                "Another question of yours took over. Ask again.",
                retryAfter: .seconds(1)
            )
        }
        return try await ask(question, by: user, in: record.id, corpus, assembler)
    }

    private func ask(
        _ question: String,
        by user: UserID,
        in threadID: String,
        _ corpus: Corpus,
        _ assembler: AnswerAssembler
    ) async throws -> Answer {
        let response = try await backend.ask(
            question,
            by: user,
            in: threadID,
            of: corpus,
            instructions: try instructions.text()
        )
        return try assembler.answer(from: response, threadID: threadID)
    }

    private func clear(_ thread: ThreadRecord?) async {
        guard let thread, thread.upstreamProtocol == ResponsesBackend.name else { return }
        do {
            try await backend.deleteThread(thread.id)
        } catch {
            logger.warning("an outdated thread could not be deleted", metadata: ["error": "\(error)"])
        }
    }
}
