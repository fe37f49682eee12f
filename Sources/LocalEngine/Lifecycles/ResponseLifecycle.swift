/// A response that has begun.
struct PreparedResponse: Sendable {
    let object: ResponseObject
    /// The question and the messages before it.
    let history: ChatHistory
    /// The conversation's lock; nil without a conversation.
    let lock: HeldLock?

    /// Who asks, as far as the request says: the conversation, or else the user that it names.
    var asker: String {
        let echo = object.request.echo
        return object.conversationID ?? echo["safety_identifier"]?.string ?? echo["user"]?.string ?? ""
    }
}

/// Creates responses: begins one, answers its question, and stores it.
struct ResponseLifecycle: Sendable {
    let responses: ResponseRepository
    let answerer: ChatAnswerer
    /// Called before each answer is computed; tests delay answers in it.
    let beforeAnswering: @Sendable () async throws -> Void

    /// Begins a response; in a conversation, it holds the lock from here until it ends.
    ///
    /// - Throws: `StorageError` if something named does not exist or has expired, or the conversation is locked.
    func begin(_ request: ResponseRequest) async throws -> PreparedResponse {
        let object = ResponseObject(request, createdAt: responses.clock.now)
        let (messages, lock) = try await responses.begin(
            request.context,
            searching: request.fileSearch?.search.storeIDs ?? [],
            lastMessages: ChatHistory.maximumMessages
        )
        let items = try messages.map { try ResponseItem($0) } + request.input
        return PreparedResponse(
            object: object,
            history: ChatHistory(items.compactMap { ChatMessage($0) }, instructions: request.instructions),
            lock: lock
        )
    }

    /// Answers the question of a response.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - onProgress: Receives an answer while a model writes it.
    /// - Returns: The answer, and whether `onProgress` has received it.
    /// - Throws: What answering throws.
    func answer(
        _ response: PreparedResponse,
        onProgress: @escaping @Sendable (AnswerProgress) -> Void = { _ in }
    ) async throws -> (output: ResponseOutput, isStreamed: Bool) {
        try await beforeAnswering()
        let request = response.object.request
        let (answer, isStreamed) = try await answerer.answer(
            to: response.history,
            AnswerRequest(
                asker: response.asker,
                search: request.fileSearch?.search,
                limit: request.fileSearch?.limit ?? 0,
                maximumTokens: request.maximumOutputTokens
            ),
            onProgress: onProgress
        )
        return (ResponseOutput(answer, of: response.object), isStreamed)
    }

    /// Stores a response with its answer, and adds it to the conversation.
    ///
    /// - Returns: The response.
    /// - Throws: `StorageError` if the conversation is gone or another response has taken the lock over.
    func complete(_ response: PreparedResponse, with output: ResponseOutput) async throws -> StoredResponse {
        let (object, request) = (response.object, response.object.request)
        let input = try request.input.map { try $0.stored() }
        let stored = StoredResponse(
            id: object.id,
            previousID: object.previousID,
            input: .array(input.map(\.body)),
            body: try object.json(.completed(output, at: responses.clock.now)).stored()
        )
        try await responses.complete(
            stored,
            adding: input + output.conversationItems.map { try $0.stored() },
            lock: response.lock,
            createdAt: request.isStored ? object.createdAt : nil,
            searched: request.fileSearch?.search.storeIDs ?? []
        )
        return stored
    }
}
