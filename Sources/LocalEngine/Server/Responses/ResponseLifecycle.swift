internal import GRDB

/// Makes responses: opens a turn, has its question answered, and keeps the answer.
struct ResponseLifecycle: Sendable {
    let pool: DatabasePool
    let clock: WallClock
    let locks: ConversationLocks
    /// Lets few answers be made at a time, of each conversation in turn.
    let answering: FairScheduler
    let meanings: MeaningIndex?
    /// Called before each answer is made; tests hold answers up in it.
    let beforeAnswering: @Sendable () async throws -> Void

    /// Opens a turn; in a conversation, it has the lock from here until it ends.
    ///
    /// - Throws: `APIError` if what the request names does not exist, or the conversation is locked.
    func open(_ request: ResponseRequest) async throws -> PreparedResponse {
        let now = clock.now
        let storeIDs = request.fileSearch?.search.storeIDs ?? []
        let past = try await access(request.context) { db in
            try VectorStoreRepository.requireUsable(storeIDs, now: now, in: db)
            return try earlier(request.context, in: db)
        }
        return PreparedResponse(
            id: Identifier.make("resp_"),
            fileSearchID: request.fileSearch.map { _ in Identifier.make("fs_") },
            messageID: Identifier.make("msg_"),
            request: request,
            createdAt: now,
            dialogue: ChatHistory(
                (past.items + request.input).compactMap(ChatMessage.init),
                instructions: request.instructions
            ),
            held: past.lock.map { HeldLock(subject: $0.subject, token: $0.token, pool: pool) }
        )
    }

    /// Only a turn that takes a lock has to write.
    private func access<Value: Sendable>(
        _ context: ResponseRequest.Context,
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws -> Value {
        if case .conversation = context { try await pool.write(body) } else { try await pool.read(body) }
    }

    private func earlier(
        _ context: ResponseRequest.Context,
        in db: Database
    ) throws -> (items: [ConversationItem], lock: (subject: String, token: String)?) {
        switch context {
        case .nothing:
            return ([], nil)
        case .response(let id):
            return (try ResponseRepository.messages(before: id, limit: ChatHistory.memory / 2, in: db), nil)
        case .conversation(let id):
            _ = try ConversationRepository.conversation(id, in: db)
            let token = try locks.take(id, in: db)
            return (try ConversationRepository.messages(of: id, limit: ChatHistory.memory, in: db), (id, token))
        }
    }

    /// Answers the question of a turn.
    func answer(_ turn: PreparedResponse) async throws -> ResponseOutput {
        try await beforeAnswering()
        return try await answering.run(for: turn.asker, turn.dialogue.load) {
            try await pool.read { db in
                let answer = try SourcedAnswer(
                    to: turn.dialogue,
                    from: turn.request.fileSearch?.search,
                    limit: turn.request.fileSearch?.limit ?? 0,
                    maximumTokens: turn.request.maximumOutputTokens,
                    meanings: meanings,
                    in: db
                )
                return ResponseOutput(answer, of: turn)
            }
        }
    }

    /// Keeps the answer of a turn: adds it to the conversation, and stores the response.
    ///
    /// - Returns: The response, with everything that `include` can ask for.
    /// - Throws: `APIError` if the conversation is gone or another turn has taken it over.
    func keep(_ output: ResponseOutput, of turn: PreparedResponse) async throws -> StoredResponse {
        let now = clock.now
        let response = StoredResponse(
            body: turn.body(.completed(output, at: now)),
            input: turn.request.input,
            previousID: turn.previousID
        )
        try await pool.write { db in
            if let held = turn.held {
                _ = try ConversationRepository.conversation(held.subject, in: db)
                try held.settle(in: db)
                try ConversationRepository.append(turn.request.input + output.items, to: held.subject, in: db)
            }
            if turn.request.isStored { try ResponseRepository.keep(response, createdAt: turn.createdAt, in: db) }
            if let tool = turn.request.fileSearch {
                try VectorStoreRepository.touch(tool.search.storeIDs, now: now, in: db)
            }
        }
        return response
    }
}
