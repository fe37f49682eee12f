/// An event of a streamed run: a name, and an object that does not repeat it.
struct RunEvent: Sendable, Hashable {
    let name: String
    let object: JSONValue

    init(_ name: String, _ object: JSONValue) {
        (self.name, self.object) = (name, object)
    }
}

/// The events of a run, in their order.
struct RunEvents: Sendable {
    /// Whether steps show the texts that were found.
    let includesContent: Bool

    /// The run was accepted.
    func opening(_ run: Run) -> [RunEvent] {
        [RunEvent("thread.run.created", run.body), RunEvent("thread.run.queued", run.body)]
    }

    /// The answer is being made, and with it begins the file search.
    func beginning(_ run: Run, search: RunStep?) -> [RunEvent] {
        [RunEvent("thread.run.in_progress", run.body)] + (search.map(begun) ?? [])
    }

    /// The search has ended, the message is told, and the run ends.
    func answer(_ answer: RunAnswer, _ kept: KeptRun) -> [RunEvent] {
        var events: [RunEvent] = []
        if let search = kept.search {
            events += [delta(of: search, call: answer.call), RunEvent("thread.run.step.completed", wire(search))]
        }
        events += begun(kept.begun) + message(answer, kept.message)
        events.append(RunEvent("thread.run.step.completed", wire(kept.made)))
        return events + [closing(kept.run)]
    }

    /// The run ends without an answer, and with it the steps that were open.
    func ending(_ run: Run, steps: [RunStep]) -> [RunEvent] {
        steps.map { RunEvent("thread.run.step.\($0.status)", wire($0)) } + [closing(run)]
    }

    private func closing(_ run: Run) -> RunEvent {
        RunEvent("thread.run.\(run.status.rawValue)", run.body)
    }

    private func begun(_ step: RunStep) -> [RunEvent] {
        ["created", "in_progress"].map { RunEvent("thread.run.step.\($0)", wire(step)) }
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

    private func message(_ answer: RunAnswer, _ message: JSONValue) -> [RunEvent] {
        var begun = message
        begun["status"] = "in_progress"
        begun["content"] = []
        for key in ["completed_at", "incomplete_at", "incomplete_details"] { begun[key] = .null }
        var events = ["created", "in_progress"].map { RunEvent("thread.message.\($0)", begun) }
        var annotations = 0
        for piece in answer.pieces {
            var noted: [JSONValue] = []
            if var annotation = piece.annotation {
                annotation["index"] = .integer(annotations)
                annotation["file_citation"]?["quote"] = ""
                annotations += 1
                noted.append(annotation)
            }
            let text: JSONValue = ["value": .string(piece.text), "annotations": .array(noted)]
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

    private func wire(_ step: RunStep) -> JSONValue {
        step.wire(includingContent: includesContent)
    }
}
