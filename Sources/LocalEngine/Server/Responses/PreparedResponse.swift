/// A response in the making.
struct PreparedResponse: Sendable {
    /// How far it is.
    enum Progress: Sendable {
        case inProgress
        case completed(ResponseOutput, at: Int)
        case failed(APIError)
    }

    let id: String
    /// The ID of the file search, if there is to be one.
    let fileSearchID: String?
    /// The ID of the answer's message.
    let messageID: String
    let request: ResponseRequest
    let createdAt: Int
    /// The question, and what was said before.
    let dialogue: ChatHistory
    /// The conversation's lock, if the response is made in one.
    let held: HeldLock?

    /// The response that this one follows.
    var previousID: String? {
        guard case .response(let id) = request.context else { return nil }
        return id
    }

    /// Who asks, as far as the request tells: the conversation, or else the user that it names.
    var asker: String {
        held?.subject ?? request.echo["safety_identifier"]?.string ?? request.echo["user"]?.string ?? ""
    }

    /// The response as the API shows it, with everything that `include` can ask for.
    func body(_ progress: Progress) -> JSONValue {
        var fields = request.echo
        fields["id"] = .string(id)
        fields["object"] = "response"
        fields["created_at"] = .integer(createdAt)
        fields["background"] = false
        fields["model"] = .string(request.model)
        fields["instructions"] = .optional(request.instructions)
        fields["max_output_tokens"] = .optional(request.maximumOutputTokens)
        fields["previous_response_id"] = .optional(previousID)
        fields["conversation"] = held.map { ["id": .string($0.subject)] } ?? .null
        fields["store"] = .bool(request.isStored)
        fields["service_tier"] = "default"
        if case .completed(let output, _) = progress {
            fields["metadata"] = output.confidence.added(to: fields["metadata"])
        }
        return .object(fields.merging(progress.fields) { _, new in new })
    }
}

extension PreparedResponse.Progress {
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
