/// The output of a response: the file search, if there was one, and the message.
struct ResponseOutput: Sendable {
    /// The file search as an item; nil without one.
    let fileSearchCall: ResponseItem?
    let messageID: String
    private let answer: CitedAnswer

    /// Creates the output of a response from its answer.
    init(_ answer: CitedAnswer, of response: ResponseObject) {
        self.answer = answer
        fileSearchCall = response.fileSearchCall(answer.search)
        messageID = response.messageID
    }

    var text: String { answer.text }
    var citations: [CitedAnswer.Citation] { answer.citations }
    var search: AnswerSearch { answer.search }
    var metadata: AnswerMetadata { answer.metadata }
    /// The text with its citations as one piece.
    var piece: AnswerPiece { AnswerPiece(text: text, citations: citations) }
    /// Whether the text was cut to the request's `max_output_tokens`.
    var isCut: Bool { answer.isCut }

    /// The items, with everything that `include` can request.
    var items: [ResponseItem] {
        [fileSearchCall, message].compactMap(\.self)
    }

    /// The items as a conversation keeps them: its answers have the metadata that a response has itself, beyond OpenAI's API.
    var conversationItems: [ResponseItem] {
        var message = message.body
        message["metadata"] = metadata.added(to: nil)
        return [fileSearchCall, ResponseItem(message)].compactMap(\.self)
    }

    /// The answer as an item.
    var message: ResponseItem {
        ResponseItem([
            "id": .string(messageID),
            "type": "message",
            "status": isCut ? "incomplete" : "completed",
            "role": "assistant",
            "content": [textPart],
            "phase": "final_answer",
        ])
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

    /// The estimated numbers of tokens that were read and written.
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

extension CitedAnswer.Citation {
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

extension FoundPassage {
    /// The passage as a result of the file search.
    var toolResult: JSONValue {
        [
            "file_id": .string(passage.fileID),
            "filename": .string(filename),
            "score": .number(passage.score),
            "text": .string(passage.text),
            "attributes": attributes.json,
        ]
    }
}
