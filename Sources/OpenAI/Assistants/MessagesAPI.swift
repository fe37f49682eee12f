/// The messages of threads: `/threads/{id}/messages`.
public struct MessagesAPI: Sendable {
    let transport: Transport

    /// Adds a message to a thread.
    ///
    /// If the response is lost, the message may be in the thread all the same.
    ///
    /// - Parameters:
    ///   - message: The message; the API accepts the roles `user` and `assistant`.
    ///   - threadID: The thread.
    ///   - metadata: The message's metadata: at most 16 pairs.
    /// - Returns: The new message.
    /// - Throws: ``OpenAIError`` with code `threadBusy` while a run is active in the thread, or as any call.
    @discardableResult
    public func create(
        _ message: InputMessage,
        in threadID: String,
        metadata: [String: String]? = nil
    ) async throws(OpenAIError) -> ThreadMessage {
        let creation = MessageCreation(message: message, metadata: metadata)
        var call = try APICall.post("threads", threadID, "messages", json: creation).ofAssistants
        call.repeatability = .untilAnswered
        return try await transport.value(call)
    }

    /// Retrieves a message.
    public func retrieve(_ id: String, of threadID: String) async throws(OpenAIError) -> ThreadMessage {
        try await transport.value(.get("threads", threadID, "messages", id).ofAssistants)
    }

    /// Deletes a message.
    ///
    /// - Returns: Whether it existed.
    @discardableResult
    public func delete(_ id: String, of threadID: String) async throws(OpenAIError) -> Bool {
        try await transport.delete(.delete("threads", threadID, "messages", id).ofAssistants)
    }

    /// One page of a thread's messages.
    ///
    /// - Parameters:
    ///   - threadID: The thread.
    ///   - runID: The run whose messages are listed; nil for all messages.
    ///   - order: The order; nil for newest first.
    ///   - limit: How many messages the page has at most; nil for the API's default.
    ///   - after: The ID of the message before the page; nil for the first page.
    /// - Returns: The page.
    /// - Throws: ``OpenAIError`` with code `notFound` for an unknown thread, or as any call.
    public func list(
        of threadID: String,
        runID: String? = nil,
        order: ListOrder? = nil,
        limit: Int? = nil,
        after: String? = nil
    ) async throws(OpenAIError) -> Page<ThreadMessage> {
        let query = .list(limit: limit, order: order, after: after) + [("run_id", runID)]
        return try await transport.value(.get("threads", threadID, "messages", query: query).ofAssistants)
    }

    /// All messages of a thread, or of one of its runs.
    public func all(
        of threadID: String,
        runID: String? = nil,
        order: ListOrder? = nil
    ) -> PagedSequence<ThreadMessage> {
        PagedSequence(after: \.data.last?.id) { cursor throws(OpenAIError) in
            try await list(of: threadID, runID: runID, order: order, limit: 100, after: cursor)
        }
    }
}

private struct MessageCreation: Encodable {
    let message: InputMessage
    let metadata: [String: String]?

    private enum CodingKeys: CodingKey {
        case metadata
    }

    func encode(to encoder: any Encoder) throws {
        try message.encode(to: encoder)
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encodeIfPresent(metadata, forKey: .metadata)
    }
}
