/// What a run says: the answer with marks such as `【4:0†leave.md】` in it, and the passages it was found among.
struct RunAnswer: Sendable {
    /// A stretch of the text: some of the answer, or a mark.
    struct Piece: Sendable, Hashable {
        let text: String
        /// What the mark stands for; nil for some of the answer.
        let annotation: JSONValue?
    }

    /// The ID of the message.
    let messageID = Identifier.make("msg_")
    /// The text in the pieces that a stream sends.
    let pieces: [Piece]
    /// The file search as a call of a step.
    let call: JSONValue
    /// How sure the answer is.
    let confidence: AnswerConfidence
    /// Whether the text was cut to the tokens that the request allows.
    let isCut: Bool
    let searchUsage: Run.Usage
    let messageUsage: Run.Usage

    /// The message of an answer.
    init(_ answer: SourcedAnswer, of turn: PreparedRun) {
        pieces = Self.pieces(of: answer, round: turn.messageCount)
        call = Self.call(answer.hits, ranking: turn.search?.tool.ranking ?? [:])
        confidence = answer.confidence
        isCut = answer.isCut
        searchUsage = Run.Usage(
            promptTokens: turn.dialogue.tokens,
            completionTokens: answer.queries.reduce(0) { $0 + Tokens.estimate($1) }
        )
        messageUsage = Run.Usage(
            promptTokens: answer.inputTokens,
            completionTokens: Tokens.estimate(pieces.map(\.text).joined())
        )
    }

    /// The message as the API shows it.
    func message(of run: Run, now: Int) -> JSONValue {
        let text: JSONValue = [
            "value": .string(pieces.map(\.text).joined()), "annotations": .array(pieces.compactMap(\.annotation)),
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

    /// Cuts the text into pieces, with a mark at the place of each citation.
    ///
    /// A mark names the round of the thread, and the place of its file among the passages that were found.
    private static func pieces(of answer: SourcedAnswer, round: Int) -> [Piece] {
        var citations = answer.citations.enumerated()
            .sorted { ($0.element.index, $0.offset) < ($1.element.index, $1.offset) }.map(\.element)[...]
        var pieces: [Piece] = []
        var (position, length) = (0, 0)
        func addMarks() {
            while let citation = citations.first, citation.index <= position {
                citations.removeFirst()
                // A bracket in a name would end the mark before its time.
                let name = citation.filename.filter { !"【】".contains($0) }
                let mark = "【\(round):\(citation.place)†\(name)】"
                let end = length + mark.unicodeScalars.count
                let annotation: JSONValue = [
                    "type": "file_citation", "text": .string(mark), "start_index": .integer(length),
                    "end_index": .integer(end), "file_citation": ["file_id": .string(citation.fileID)],
                ]
                pieces.append(Piece(text: mark, annotation: annotation))
                length = end
            }
        }
        addMarks()
        for text in TextChunks.cut(answer.text, at: citations.map(\.index)) {
            pieces.append(Piece(text: text, annotation: nil))
            position += text.unicodeScalars.count
            length += text.unicodeScalars.count
            addMarks()
        }
        return pieces
    }

    private static func call(_ hits: [VectorStoreSearch.Hit], ranking: JSONValue) -> JSONValue {
        let results: [JSONValue] = hits.map { hit in
            [
                "file_id": .string(hit.passage.fileID),
                "file_name": .string(hit.filename),
                "score": .number(hit.passage.score),
                "content": [["type": "text", "text": .string(hit.passage.text)]],
            ]
        }
        return [
            "id": .string(Identifier.make("call_")),
            "type": "file_search",
            "file_search": ["ranking_options": ranking, "results": .array(results)],
        ]
    }
}
