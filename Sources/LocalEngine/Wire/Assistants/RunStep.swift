/// A step of a run, the file search or the creation of the message, as JSON.
struct RunStep: Sendable, Hashable {
    /// The step's object, with everything that `include` can request.
    private(set) var body: JSONValue

    /// Reads a stored step.
    init(_ step: StoredObject) throws {
        body = try JSONValue(step.body)
    }

    /// Creates a step in progress.
    ///
    /// - Parameters:
    ///   - type: `tool_calls` or `message_creation`.
    ///   - details: The details without the type.
    ///   - run: The run.
    ///   - now: The time.
    private init(_ type: String, _ details: JSONValue, of run: Run, now: Int) {
        var stepDetails = details
        stepDetails["type"] = .string(type)
        body = [
            "id": .string(Identifier.make("step_")), "object": "thread.run.step", "created_at": .integer(now),
            "assistant_id": .string(run.assistantID), "thread_id": .string(run.threadID), "run_id": .string(run.id),
            "type": .string(type), "status": "in_progress", "step_details": stepDetails, "last_error": nil,
            "expired_at": nil, "cancelled_at": nil, "failed_at": nil, "completed_at": nil, "metadata": [:],
            "usage": nil,
        ]
    }

    /// Creates a step that searches files.
    static func fileSearch(of run: Run, now: Int) -> RunStep {
        RunStep("tool_calls", ["tool_calls": []], of: run, now: now)
    }

    /// Creates a step that creates a message.
    static func messageCreation(_ messageID: String, of run: Run, now: Int) -> RunStep {
        RunStep("message_creation", ["message_creation": ["message_id": .string(messageID)]], of: run, now: now)
    }

    var id: String { body["id"]?.string ?? "" }
    var status: String { body["status"]?.string ?? "" }

    /// The step once it is completed.
    func completed(_ usage: Run.Usage, at now: Int) throws -> RunStep {
        var step = self
        step.body["status"] = "completed"
        step.body["completed_at"] = .integer(now)
        step.body["usage"] = try JSONValue(JSONText(encoding: usage))
        return step
    }

    /// The step with the call that it makes.
    func calling(_ call: JSONValue) -> RunStep {
        var step = self
        step.body["step_details"]?["tool_calls"] = [call]
        return step
    }

    /// The step as it is stored.
    func stored() throws -> StoredObject {
        StoredObject(id: id, body: try body.stored())
    }

    /// The step, with the texts that its search found only if `include` requests them.
    func json(includingContent: Bool) -> JSONValue {
        guard !includingContent, let calls = body["step_details"]?["tool_calls"]?.array else { return body }
        var body = body
        body["step_details"]?["tool_calls"] = .array(
            calls.map { call in
                var call = call
                let results = call["file_search"]?["results"]?.array ?? []
                call["file_search"]?["results"] = .array(
                    results.map { result in
                        var result = result
                        result["content"] = nil
                        return result
                    }
                )
                return call
            }
        )
        return body
    }
}
