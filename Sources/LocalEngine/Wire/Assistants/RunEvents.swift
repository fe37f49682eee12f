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

    /// The search has ended, and the message begins.
    ///
    /// - Parameters:
    ///   - message: The message, in progress.
    ///   - search: The step of the search, completed, and its call; nil without one.
    ///   - step: The step that creates the message, in progress.
    /// - Returns: The events.
    func message(
        _ message: JSONValue,
        after search: (step: RunStep, call: JSONValue)?,
        in step: RunStep
    ) -> [RunEvent] {
        var events: [RunEvent] = []
        if let search {
            events += [
                delta(of: search.step, call: search.call), RunEvent("thread.run.step.completed", json(search.step)),
            ]
        }
        return events + begun(step) + ["created", "in_progress"].map { RunEvent("thread.message.\($0)", message) }
    }

    /// More of the message's text.
    ///
    /// - Parameters:
    ///   - chunks: The text.
    ///   - messageID: The message.
    ///   - annotations: How many citations came before.
    /// - Returns: The events.
    func text(_ chunks: [RunTextChunks.Chunk], of messageID: String, after annotations: Int) -> [RunEvent] {
        var annotations = annotations
        return chunks.map { chunk in
            var annotationsHere: [JSONValue] = []
            if var annotation = chunk.annotation {
                annotation["index"] = .integer(annotations)
                annotation["file_citation"]?["quote"] = ""
                annotations += 1
                annotationsHere.append(annotation)
            }
            let text: JSONValue = ["value": .string(chunk.text), "annotations": .array(annotationsHere)]
            return RunEvent(
                "thread.message.delta",
                [
                    "id": .string(messageID), "object": "thread.message.delta",
                    "delta": ["content": [["index": 0, "type": "text", "text": text]]],
                ]
            )
        }
    }

    /// The message has ended, and the run ends.
    ///
    /// - Parameters:
    ///   - message: The message.
    ///   - step: The step that created it, completed.
    ///   - run: The run, which has ended.
    /// - Returns: The events.
    /// - Throws: `DecodingError` if the stored run is not JSON.
    func completed(_ message: JSONValue, _ step: RunStep, _ run: Run) throws -> [RunEvent] {
        [
            RunEvent("thread.message.\(message["status"]?.string ?? "completed")", message),
            RunEvent("thread.run.step.completed", json(step)), try closing(run),
        ]
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

    private func json(_ step: RunStep) -> JSONValue {
        step.json(includingContent: includesContent)
    }
}
