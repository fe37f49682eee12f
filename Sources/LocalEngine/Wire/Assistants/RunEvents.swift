/// An event of a streamed run: a name and an object.
struct RunEvent: Sendable, Hashable {
    let name: String
    let object: JSONValue

    init(_ name: String, _ object: JSONValue) {
        (self.name, self.object) = (name, object)
    }
}

/// The events of a run, in their order.
struct RunEvents: Sendable {
    /// Whether steps contain the texts that were found.
    let includesContent: Bool

    /// The run was accepted.
    func opening(_ run: Run) throws -> [RunEvent] {
        let run = try JSONValue(run.body)
        return [RunEvent("thread.run.created", run), RunEvent("thread.run.queued", run)]
    }

    /// The run is in progress, and its file search begins.
    func beginning(_ run: Run, search: RunStep?) throws -> [RunEvent] {
        [RunEvent("thread.run.in_progress", try JSONValue(run.body))] + (search.map(begun) ?? [])
    }

    /// The search has ended, the message follows, and the run ends.
    ///
    /// - Parameters:
    ///   - answer: The answer.
    ///   - run: The run, which has ended.
    ///   - search: The step of the search, completed; nil without one.
    ///   - message: The message.
    ///   - step: The step that creates the message, in progress and completed.
    /// - Returns: The events.
    /// - Throws: `DecodingError` if the stored run is not JSON.
    func answer(
        _ answer: RunAnswer,
        _ run: Run,
        search: RunStep?,
        message: JSONValue,
        step: (begun: RunStep, completed: RunStep)
    ) throws -> [RunEvent] {
        var events: [RunEvent] = []
        if let search {
            events += [delta(of: search, call: answer.call), RunEvent("thread.run.step.completed", json(search))]
        }
        events += begun(step.begun) + messageEvents(answer, message)
        events.append(RunEvent("thread.run.step.completed", json(step.completed)))
        return events + [try closing(run)]
    }

    /// The run ends without an answer, and so do its open steps.
    func ending(_ run: Run, steps: [StoredObject]) throws -> [RunEvent] {
        let steps = try steps.map { try RunStep($0) }
        return steps.map { RunEvent("thread.run.step.\($0.status)", json($0)) } + [try closing(run)]
    }

    private func closing(_ run: Run) throws -> RunEvent {
        RunEvent("thread.run.\(run.status.rawValue)", try JSONValue(run.body))
    }

    private func begun(_ step: RunStep) -> [RunEvent] {
        ["created", "in_progress"].map { RunEvent("thread.run.step.\($0)", json(step)) }
    }

    private func delta(of step: RunStep, call: JSONValue) -> RunEvent {
        let call: JSONValue = ["index": 0, "id": call["id"] ?? "", "type": "file_search", "file_search": [:]]
        return RunEvent(
            "thread.run.step.delta",
            [
                "id": .string(step.id), "object": "thread.run.step.delta",
                "delta": ["step_details": ["type": "tool_calls", "tool_calls": [call]]],
            ]
        )
    }

    private func messageEvents(_ answer: RunAnswer, _ message: JSONValue) -> [RunEvent] {
        var begun = message
        begun["status"] = "in_progress"
        begun["content"] = []
        for key in ["completed_at", "incomplete_at", "incomplete_details"] { begun[key] = .null }
        var events = ["created", "in_progress"].map { RunEvent("thread.message.\($0)", begun) }
        var annotations = 0
        for chunk in answer.chunks {
            var annotationsHere: [JSONValue] = []
            if var annotation = chunk.annotation {
                annotation["index"] = .integer(annotations)
                annotation["file_citation"]?["quote"] = ""
                annotations += 1
                annotationsHere.append(annotation)
            }
            let text: JSONValue = ["value": .string(chunk.text), "annotations": .array(annotationsHere)]
            events.append(
                RunEvent(
                    "thread.message.delta",
                    [
                        "id": .string(answer.messageID), "object": "thread.message.delta",
                        "delta": ["content": [["index": 0, "type": "text", "text": text]]],
                    ]
                )
            )
        }
        return events + [RunEvent("thread.message.\(answer.isCut ? "incomplete" : "completed")", message)]
    }

    private func json(_ step: RunStep) -> JSONValue {
        step.json(includingContent: includesContent)
    }
}
