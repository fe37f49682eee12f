internal import OpenAI

/// The messages of a thread.
extension AssistantsAdapter {
    /// Of how many runs the passages are requested at a time.
    private static let concurrency = 8

    func messages(of threadID: String, limit: Int) async throws -> [UpstreamMessage] {
        let exchanges = try await self.exchanges(of: threadID, limit: limit)
        let runs = Set(exchanges.compactMap(\.runID))
        let found = try await Array(runs).mapConcurrently(limit: Self.concurrency) { run in
            (run, try await openAI.runs.passages(of: run, in: threadID))
        }
        let passages = Dictionary(found) { first, _ in first }
        return exchanges.map { message in
            let reading = message.reading()
            return UpstreamMessage(
                id: message.id,
                role: message.role == .user ? .user : .assistant,
                text: reading.text.isEmpty ? message.refusal ?? "" : reading.text,
                citations: reading.citations,
                passages: message.runID.flatMap { passages[$0] } ?? [],
                confidence: AnswerConfidence(metadata: message.metadata),
                author: AnswerAuthor(metadata: message.metadata)
            )
        }
    }

    /// The newest messages, oldest first: answers, and questions that were answered.
    ///
    /// A run that fails leaves its question in the thread without an answer.
    private func exchanges(of threadID: String, limit: Int) async throws -> [OpenAI.ThreadMessage] {
        var newestFirst: [OpenAI.ThreadMessage] = []
        for try await message in openAI.messages.all(of: threadID, order: .descending) {
            if message.role == .user, newestFirst.last?.role != .assistant { continue }
            if newestFirst.count == limit { break }
            newestFirst.append(message)
        }
        return newestFirst.reversed()
    }
}
