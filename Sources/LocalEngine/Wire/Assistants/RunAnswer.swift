/// Splits the text of a run's answer into the chunks that a stream sends, with a citation mark such as `【4:0†leave.md】` at the
/// place of each citation.
struct RunTextChunks: Sendable {
    /// A part of the text: some of the answer, or a citation mark.
    struct Chunk: Sendable, Hashable {
        let text: String
        /// What the mark cites; nil for some of the answer.
        let annotation: JSONValue?
    }

    /// The number of the message in the thread, by which marks are numbered.
    private let number: Int
    /// The length of the answer so far in Unicode scalars, without marks and with them.
    private var (position, length) = (0, 0)

    init(number: Int) {
        self.number = number
    }

    /// Adds a piece of the answer.
    ///
    /// A mark has a number for its message in the thread, and the place of its passage among those that were found.
    mutating func add(_ piece: AnswerPiece) -> [Chunk] {
        let start = position
        var citations = piece.citations.enumerated()
            .sorted { ($0.element.index, $0.offset) < ($1.element.index, $1.offset) }.map(\.element)[...]
        var chunks = marks(of: &citations)
        for text in TextChunks.split(piece.text, at: citations.map { $0.index - start }) {
            chunks.append(Chunk(text: text, annotation: nil))
            position += text.unicodeScalars.count
            length += text.unicodeScalars.count
            chunks += marks(of: &citations)
        }
        return chunks
    }

    /// The marks at the end of the text so far.
    private mutating func marks(of citations: inout ArraySlice<CitedAnswer.Citation>) -> [Chunk] {
        var chunks: [Chunk] = []
        while let citation = citations.first, citation.index <= position {
            citations.removeFirst()
            // A bracket in a name would end the mark early.
            let name = citation.filename.filter { !"【】".contains($0) }
            let mark = "【\(number):\(citation.place)†\(name)】"
            let end = length + mark.unicodeScalars.count
            let annotation: JSONValue = [
                "type": "file_citation", "text": .string(mark), "start_index": .integer(length),
                "end_index": .integer(end), "file_citation": ["file_id": .string(citation.fileID)],
            ]
            chunks.append(Chunk(text: mark, annotation: annotation))
            length = end
        }
        return chunks
    }
}

/// The answer of a run: its text with citation marks such as `【4:0†leave.md】`, and the passages that were found.
struct RunAnswer: Sendable {
    /// The ID of the message.
    let messageID: String
    /// The text in the chunks that a stream sends.
    let chunks: [RunTextChunks.Chunk]
    /// The file search, as the call of a step.
    let call: JSONValue
    private let metadata: AnswerMetadata
    /// Whether the text was cut to the tokens that the request allows.
    let isCut: Bool
    let searchUsage: Run.Usage
    let messageUsage: Run.Usage

    /// How a run with this answer ends; its usage includes that of a search, if there was one.
    func ending(searched: Bool) -> Run.Ending {
        let usage = searched ? searchUsage + messageUsage : messageUsage
        return isCut ? .incomplete(usage) : .completed(usage)
    }

    /// Creates the answer of a run.
    ///
    /// - Parameters:
    ///   - answer: The answer.
    ///   - ids: The IDs of its message and its search.
    ///   - history: What it answers.
    ///   - messageCount: The number of messages of the thread, by which the marks are numbered.
    ///   - tool: The file search; nil without one.
    init(
        _ answer: CitedAnswer,
        ids: RunAnswerIDs,
        to history: ChatHistory,
        messageCount: Int,
        tool: AssistantTools.FileSearch?
    ) {
        messageID = ids.message
        var chunks = RunTextChunks(number: messageCount)
        self.chunks = chunks.add(AnswerPiece(text: answer.text, citations: answer.citations))
        call = answer.search.call(ids.call, ranking: tool?.ranking ?? [:])
        metadata = answer.metadata
        isCut = answer.isCut
        searchUsage = answer.search.usage(with: history)
        messageUsage = Run.Usage(
            promptTokens: answer.inputTokens,
            completionTokens: Tokens.estimate(self.chunks.map(\.text).joined())
        )
    }

    /// The message as JSON.
    func message(of run: Run, now: Int) -> JSONValue {
        let text: JSONValue = [
            "value": .string(chunks.map(\.text).joined()), "annotations": .array(chunks.compactMap(\.annotation)),
        ]
        return [
            "id": .string(messageID), "object": "thread.message", "created_at": .integer(now),
            "thread_id": .string(run.threadID), "status": isCut ? "incomplete" : "completed",
            "incomplete_details": isCut ? ["reason": "max_tokens"] : .null,
            "completed_at": isCut ? .null : .integer(now), "incomplete_at": isCut ? .integer(now) : .null,
            "role": "assistant", "content": [["type": "text", "text": text]],
            "assistant_id": .string(run.assistantID), "run_id": .string(run.id), "attachments": [],
            "metadata": metadata.added(to: nil),
        ]
    }
}

/// The IDs of what a run creates, which its events name before it has ended.
struct RunAnswerIDs: Sendable {
    let message = Identifier.make("msg_")
    let call = Identifier.make("call_")
}

extension AnswerSearch {
    /// The file search as the call of a step.
    func call(_ id: String, ranking: JSONValue) -> JSONValue {
        let results: [JSONValue] = passages.map { found in
            [
                "file_id": .string(found.passage.fileID),
                "file_name": .string(found.filename),
                "score": .number(found.passage.score),
                "content": [["type": "text", "text": .string(found.passage.text)]],
            ]
        }
        return [
            "id": .string(id),
            "type": "file_search",
            "file_search": ["ranking_options": ranking, "results": .array(results)],
        ]
    }

    /// The estimated usage of the search.
    func usage(with history: ChatHistory) -> Run.Usage {
        Run.Usage(
            promptTokens: history.tokens,
            completionTokens: queries.reduce(0) { $0 + Tokens.estimate($1) }
        )
    }
}

extension Run {
    /// The message of the run's answer while it is written, as JSON.
    func begunMessage(_ id: String, now: Int) -> JSONValue {
        [
            "id": .string(id), "object": "thread.message", "created_at": .integer(now), "thread_id": .string(threadID),
            "status": "in_progress", "incomplete_details": nil, "completed_at": nil, "incomplete_at": nil,
            "role": "assistant", "content": [], "assistant_id": .string(assistantID), "run_id": .string(self.id),
            "attachments": [], "metadata": [:],
        ]
    }
}
