/// The object of a response: what its JSON consists of.
struct ResponseObject: Sendable {
    /// How far the response is.
    enum Progress: Sendable {
        case inProgress
        case completed(ResponseOutput, at: Int)
        case failed(APIError)
    }

    let id: String
    /// The ID of the file search; nil without one.
    let fileSearchID: String?
    /// The ID of the answer's message.
    let messageID: String
    let request: ResponseRequest
    let createdAt: Int

    /// Creates a new response.
    init(_ request: ResponseRequest, createdAt: Int) {
        id = Identifier.make("resp_")
        fileSearchID = request.fileSearch.map { _ in Identifier.make("fs_") }
        messageID = Identifier.make("msg_")
        self.request = request
        self.createdAt = createdAt
    }

    /// The response that this one continues.
    var previousID: String? {
        guard case .response(let id) = request.context else { return nil }
        return id
    }

    /// The conversation to which the response belongs.
    var conversationID: String? {
        guard case .conversation(let id) = request.context else { return nil }
        return id
    }

    /// The file search as an item; nil without one.
    func fileSearchCall(_ search: AnswerSearch) -> ResponseItem? {
        fileSearchID.map { id in
            ResponseItem([
                "id": .string(id),
                "type": "file_search_call",
                "status": "completed",
                "queries": .array(search.queries.map(JSONValue.string)),
                "results": .array(search.passages.map(\.toolResult)),
            ])
        }
    }

    /// The response as JSON, with everything that `include` can request.
    func json(_ progress: Progress) -> JSONValue {
        var fields = request.echo
        fields["id"] = .string(id)
        fields["object"] = "response"
        fields["created_at"] = .integer(createdAt)
        fields["background"] = false
        fields["model"] = .string(request.model)
        fields["instructions"] = .optional(request.instructions)
        fields["max_output_tokens"] = .optional(request.maximumOutputTokens)
        fields["previous_response_id"] = .optional(previousID)
        fields["conversation"] = conversationID.map { ["id": .string($0)] } ?? .null
        fields["store"] = .bool(request.isStored)
        fields["service_tier"] = "default"
        if case .completed(let output, _) = progress {
            fields["metadata"] = output.metadata.added(to: fields["metadata"])
        }
        return .object(fields.merging(progress.fields) { _, new in new })
    }
}

extension ResponseObject.Progress {
    fileprivate var fields: [String: JSONValue] {
        var fields: [String: JSONValue] = [
            "status": "in_progress",
            "completed_at": nil,
            "error": nil,
            "incomplete_details": nil,
            "output": [],
            "usage": nil,
        ]
        switch self {
        case .inProgress:
            break
        case .completed(let output, let time):
            fields["status"] = output.isCut ? "incomplete" : "completed"
            fields["completed_at"] = output.isCut ? .null : .integer(time)
            fields["incomplete_details"] = output.isCut ? ["reason": "max_output_tokens"] : .null
            fields["output"] = .array(output.items.map(\.body))
            fields["usage"] = output.usage
        case .failed(let error):
            fields["status"] = "failed"
            fields["error"] = ["code": "server_error", "message": .string(error.message)]
        }
        return fields
    }
}

extension StoredResponse {
    /// The response without what `include` does not request.
    func json(including options: Set<IncludeOption>) throws -> JSONValue {
        var body = try JSONValue(body)
        let output = body["output"]?.array ?? []
        body["output"] = .array(output.map { ResponseItem($0).json(including: options) })
        return body
    }

    /// The items that the response answers.
    var inputItems: [ResponseItem] {
        get throws { (try JSONValue(input).array ?? []).map { ResponseItem($0) } }
    }
}

extension Conversation {
    /// The conversation as JSON.
    var json: JSONValue {
        [
            "id": .string(id),
            "object": "conversation",
            "created_at": .integer(createdAt),
            "metadata": metadata.json,
        ]
    }
}
