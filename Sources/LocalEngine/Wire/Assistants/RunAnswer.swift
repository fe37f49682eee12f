/// The answer of a run: its text with citation marks such as `【4:0†leave.md】`, and the passages that were found.
struct RunAnswer: Sendable {
    /// A part of the text: some of the answer, or a citation mark.
    struct Chunk: Sendable, Hashable {
        let text: String
        /// What the mark cites; nil for some of the answer.
        let annotation: JSONValue?
    }

    /// The ID of the message.
    let messageID = Identifier.make("msg_")
    /// The text in the chunks that a stream sends.
    let chunks: [Chunk]
    /// The file search, as the call of a step.
    let call: JSONValue
    private let confidence: AnswerConfidence
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
    ///   - history: What it answers.
    ///   - messageCount: The number of messages of the thread, by which the marks are numbered.
    ///   - tool: The file search; nil without one.
    init(_ answer: CitedAnswer, to history: ChatHistory, messageCount: Int, tool: AssistantTools.FileSearch?) {
        chunks = Self.chunks(of: answer, number: messageCount)
        call = Self.call(answer.passages, ranking: tool?.ranking ?? [:])
        confidence = answer.confidence
        isCut = answer.isCut
        searchUsage = Run.Usage(
            promptTokens: history.tokens,
            completionTokens: answer.queries.reduce(0) { $0 + Tokens.estimate($1) }
        )
        messageUsage = Run.Usage(
            promptTokens: answer.inputTokens,
            completionTokens: Tokens.estimate(chunks.map(\.text).joined())
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
            "metadata": confidence.added(to: nil),
        ]
    }

    /// Splits the text into chunks, with a mark at the place of each citation.
    ///
    /// A mark has a number for its message in the thread, and the place of its passage among those that were found.
    private static func chunks(of answer: CitedAnswer, number: Int) -> [Chunk] {
        var citations = answer.citations.enumerated()
            .sorted { ($0.element.index, $0.offset) < ($1.element.index, $1.offset) }.map(\.element)[...]
        var chunks: [Chunk] = []
        var (position, length) = (0, 0)
        func addMarks() {
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
        }
        addMarks()
        for text in TextChunks.split(answer.text, at: citations.map(\.index)) {
            chunks.append(Chunk(text: text, annotation: nil))
            position += text.unicodeScalars.count
            length += text.unicodeScalars.count
            addMarks()
        }
        return chunks
    }

    private static func call(_ passages: [FoundPassage], ranking: JSONValue) -> JSONValue {
        let results: [JSONValue] = passages.map { found in
            [
                "file_id": .string(found.passage.fileID),
                "file_name": .string(found.filename),
                "score": .number(found.passage.score),
                "content": [["type": "text", "text": .string(found.passage.text)]],
            ]
        }
        return [
            "id": .string(Identifier.make("call_")),
            "type": "file_search",
            "file_search": ["ranking_options": ranking, "results": .array(results)],
        ]
    }
}
