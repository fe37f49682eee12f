/// What a response is made of: the file search, if there was one, and the message.
struct ResponseOutput: Sendable {
    let fileSearchID: String?
    let messageID: String
    private let answer: SourcedAnswer

    /// What a turn's answer becomes.
    init(_ answer: SourcedAnswer, of turn: PreparedResponse) {
        self.answer = answer
        fileSearchID = turn.fileSearchID
        messageID = turn.messageID
    }

    var text: String { answer.text }
    var citations: [SourcedAnswer.Citation] { answer.citations }
    var confidence: AnswerConfidence { answer.confidence }
    /// Whether the text was cut to the request's `max_output_tokens`.
    var isCut: Bool { answer.isCut }

    /// The items, with everything that `include` can ask for.
    var items: [ConversationItem] {
        [fileSearchCall, message].compactMap(\.self)
    }

    /// The file search as an item.
    var fileSearchCall: ConversationItem? {
        fileSearchID.map { id in
            ConversationItem(
                body: [
                    "id": .string(id),
                    "type": "file_search_call",
                    "status": "completed",
                    "queries": .array(answer.queries.map(JSONValue.string)),
                    "results": .array(answer.hits.map(\.toolResult)),
                ]
            )
        }
    }

    /// The answer as an item.
    var message: ConversationItem {
        ConversationItem(
            body: [
                "id": .string(messageID),
                "type": "message",
                "status": isCut ? "incomplete" : "completed",
                "role": "assistant",
                "content": [textPart],
                "phase": "final_answer",
            ]
        )
    }

    /// The content of the message.
    var textPart: JSONValue {
        [
            "type": "output_text",
            "text": .string(text),
            "annotations": .array(citations.map(\.annotation)),
            "logprobs": [],
        ]
    }

    /// About how many tokens were read and written.
    var usage: JSONValue {
        let outputTokens = Tokens.estimate(text)
        return [
            "input_tokens": .integer(answer.inputTokens),
            "input_tokens_details": ["cached_tokens": 0, "cache_write_tokens": 0],
            "output_tokens": .integer(outputTokens),
            "output_tokens_details": ["reasoning_tokens": 0],
            "total_tokens": .integer(answer.inputTokens + outputTokens),
        ]
    }
}

extension SourcedAnswer.Citation {
    /// The citation as an annotation of the text.
    var annotation: JSONValue {
        [
            "type": "file_citation",
            "file_id": .string(fileID),
            "filename": .string(filename),
            "index": .integer(index),
        ]
    }
}

extension VectorStoreSearch.Hit {
    fileprivate var toolResult: JSONValue {
        [
            "file_id": .string(passage.fileID),
            "filename": .string(filename),
            "score": .number(passage.score),
            "text": .string(passage.text),
            "attributes": .object(attributes),
        ]
    }
}
