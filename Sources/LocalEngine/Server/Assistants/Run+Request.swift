extension Run {
    /// A run that is queued: what the request says, and else the assistant.
    init(_ request: RunRequest, of assistant: JSONValue, in threadID: String, now: Int) {
        let instructions = [
            request.instructions ?? assistant["instructions"]?.string, request.additionalInstructions,
        ].compactMap(\.self)
        let own: [String: JSONValue] = [
            "id": .string(Identifier.make("run_")),
            "object": "thread.run",
            "created_at": .integer(now),
            "thread_id": .string(threadID),
            "assistant_id": .string(request.assistantID),
            "status": .string(Status.queued.rawValue),
            "required_action": nil,
            "last_error": nil,
            "expires_at": .integer(now + RunLocks.lifetime),
            "started_at": nil,
            "cancelled_at": nil,
            "failed_at": nil,
            "completed_at": nil,
            "incomplete_details": nil,
            "model": request.model.map(JSONValue.string) ?? assistant["model"] ?? "",
            "instructions": .string(instructions.joined(separator: "\n\n")),
            "tools": request.tools?.echo ?? assistant["tools"] ?? [],
            "temperature": assistant["temperature"] ?? 1.0,
            "top_p": assistant["top_p"] ?? 1.0,
            "usage": nil,
        ]
        self.init(body: .object(own.merging(request.echo) { _, requested in requested }))
    }
}
