/// The messages of threads: `/threads/{id}/messages`.
public struct MessagesAPI: Sendable {
    let transport: Transport

    /// Puts a message into a thread.
    ///
    /// If the answer is lost, the message may be in the thread all the same.
    ///
    /// - Parameters:
    ///   - message: What is said; the API knows the roles `user` and `assistant` here.
    ///   - threadID: The thread.
    ///   - metadata: Our own notes on the message: at most 16 pairs.
    /// - Returns: The new message.
    /// - Throws: ``OpenAIError`` with code `threadBusy` while a run is active in the thread, or as a call does.
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

    /// What the API knows of a message.
    ///
    /// - Throws: ``OpenAIError``
    public func retrieve(_ id: String, of threadID: String) async throws(OpenAIError) -> ThreadMessage {
        try await transport.value(.get("threads", threadID, "messages", id).ofAssistants)
    }

    /// Deletes a message.
    ///
    /// - Returns: Whether it was still there.
    /// - Throws: ``OpenAIError``
    @discardableResult
    public func delete(_ id: String, of threadID: String) async throws(OpenAIError) -> Bool {
        try await transport.delete(.delete("threads", threadID, "messages", id).ofAssistants)
    }

    /// One page of a thread's messages.
    ///
    /// - Parameters:
    ///   - threadID: The thread.
    ///   - runID: The run whose messages alone are wanted.
    ///   - order: The order; newest first if left out.
    ///   - limit: How many messages a page has at most.
    ///   - after: The message that the page begins after.
    /// - Returns: The page.
    /// - Throws: ``OpenAIError``
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
