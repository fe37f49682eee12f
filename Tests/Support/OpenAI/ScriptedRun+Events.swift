extension ScriptedRun {
    /// The run as a stream of events, in the order in which the service sends them.
    func stream(whenWhole note: @escaping @Sendable () -> Void) -> ScriptedReply {
        if case .lost = response.ending { return .hangUp }
        var steps: [ScriptedReply.Step] = [.send(ScriptedResponse.head)]
        func add(_ type: String, _ object: String) {
            steps.append(.send(ScriptedResponse.chunk("event: \(type)\ndata: \(object)\n\n")))
        }

        add("thread.run.created", object(status: "queued"))
        add("thread.run.in_progress", object(status: "in_progress"))
        if case .withUnknowns = response.ending { add("thread.crystal_ball.lit", #"{"shade": 7}"#) }
        add("thread.run.step.completed", step)
        for (place, piece) in response.pieces.enumerated() {
            if let gate = response.pauses[place] { steps.append(.wait(gate)) }
            add("thread.message.delta", delta(of: piece))
            guard place == 0, !isRefused else { continue }
            add("thread.message.delta", delta(of: Self.mark, annotation))
        }
        if let message, response.isWhole { add("thread.message.completed", message) }
        if response.isWhole { steps.append(.run(note)) }

        switch response.ending {
        case .completed, .refused, .empty, .withUnknowns, .incomplete, .failed, .ended:
            add("thread.run.\(status)", object())
        case .error(let code, let type, isNested: true):
            add("error", #"{"error": \#(OpenAIObject.error(code: code, type: type))}"#)
        case .error(let code, _, isNested: false):
            add("error", #"{"code": "\#(code)", "message": "\#(OpenAIObject.ownWords)", "param": null}"#)
        case .garbled: steps.append(.send(ScriptedResponse.chunk("event: thread.run.completed\ndata: {\"id\": [}\n\n")))
        case .missing, .lost: break
        case .cutOff:
            steps += [.send(ScriptedResponse.chunk("event: thread.run.completed\ndata: {\"id\": \"ru")), .hangUp]
        case .silent(let gate): steps.append(.awaitLeave(gate))
        }
        return ScriptedReply(steps: steps + [.send("0\r\n\r\n")])
    }

    private var isRefused: Bool {
        if case .refused = response.ending { true } else { false }
    }

    private func delta(of text: String, _ annotation: String = "") -> String {
        let value = OpenAIObject.quoted(text)
        let part =
            isRefused
            ? #"{"index": 0, "type": "refusal", "refusal": \#(value)}"#
            : #"{"index": 0, "type": "text", "text": {"value": \#(value), "annotations": [\#(annotation)]}}"#
        return #"{"id": "msg_\#(id)", "object": "thread.message.delta", "delta": {"content": [\#(part)]}}"#
    }
}
