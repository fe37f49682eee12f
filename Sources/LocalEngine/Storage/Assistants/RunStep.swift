/// A step of a run, the file search or the making of the message, as the API shows it.
struct RunStep: Sendable, Hashable {
    /// The step's object, with everything that `include` can ask for.
    private(set) var body: JSONValue

    /// A step that is kept.
    init(body: JSONValue) {
        self.body = body
    }

    /// A step that has just begun.
    ///
    /// - Parameters:
    ///   - type: `tool_calls` or `message_creation`.
    ///   - details: What is in the details beside the type.
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

    /// A step that searches files.
    static func fileSearch(of run: Run, now: Int) -> RunStep {
        RunStep("tool_calls", ["tool_calls": []], of: run, now: now)
    }

    /// A step that makes a message.
    static func messageCreation(_ messageID: String, of run: Run, now: Int) -> RunStep {
        RunStep("message_creation", ["message_creation": ["message_id": .string(messageID)]], of: run, now: now)
    }

    var id: String { body["id"]?.string ?? "" }
    var runID: String { body["run_id"]?.string ?? "" }
    var status: String { body["status"]?.string ?? "" }

    /// Notes what the file search found.
    mutating func found(_ call: JSONValue) {
        body["step_details"]?["tool_calls"] = [call]
    }

    /// Ends the step well.
    mutating func complete(_ usage: Run.Usage, at now: Int) {
        body["status"] = "completed"
        body["completed_at"] = .integer(now)
        body["usage"] = usage.wire
    }

    /// Ends the step as its run ended.
    mutating func stop(_ ending: Run.Ending, at now: Int) {
        switch ending {
        case .completed, .incomplete:
            break
        case .failed(let error):
            body["status"] = "failed"
            body["failed_at"] = .integer(now)
            body["last_error"] = ["code": "server_error", "message": .string(error.message)]
        case .cancelled:
            body["status"] = "cancelled"
            body["cancelled_at"] = .integer(now)
        case .expired:
            body["status"] = "expired"
            body["expired_at"] = .integer(now)
        }
    }

    /// The step as the API shows it, without what `include` does not ask for.
    func wire(includingContent: Bool) -> JSONValue {
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
