extension ScriptedResponse {
    /// The response as a stream of events, in the order in which the service sends them.
    func stream(whenWhole note: @escaping @Sendable () -> Void) -> ScriptedReply {
        if case .lost = ending { return .hangUp }
        var steps: [ScriptedReply.Step] = [.send(Self.head)]
        var number = 0
        func add(_ type: String, _ fields: String) {
            steps.append(.send(Self.chunk(Self.event(type, #""sequence_number": \#(number), \#(fields)"#))))
            number += 1
        }

        add("response.created", #""response": \#(unfinishedObject)"#)
        add("response.in_progress", #""response": \#(unfinishedObject)"#)
        if case .withUnknowns = ending { add("response.crystal_ball.lit", #""shade": 7"#) }
        add("response.output_item.done", #""output_index": 0, "item": \#(OpenAIObject.search)"#)
        add(
            "response.output_item.added",
            #""output_index": 1, "item": {"id": "msg_1", "type": "message", "role": "assistant", "content": []}"#
        )
        for (place, piece) in pieces.enumerated() {
            if let gate = pauses[place] { steps.append(.wait(gate)) }
            add(deltaType, #"\#(Self.place), "delta": \#(OpenAIObject.quoted(piece))"#)
            guard place == 0, deltaType == "response.output_text.delta" else { continue }
            add(
                "response.output_text.annotation.added",
                #"\#(Self.place), "annotation_index": 0, "annotation": \#(OpenAIObject.annotation)"#
            )
        }
        add("response.output_item.done", #""output_index": 1, "item": \#(message)"#)
        if isWhole { steps.append(.run(note)) }

        switch ending {
        case .completed, .ended, .refused, .empty, .withUnknowns: add("response.completed", #""response": \#(object)"#)
        case .incomplete: add("response.incomplete", #""response": \#(object)"#)
        case .failed: add("response.failed", #""response": \#(object)"#)
        case .error(let code, let type, isNested: true):
            add("error", #""error": \#(OpenAIObject.error(code: code, type: type))"#)
        case .error(let code, _, isNested: false):
            add("error", #""code": "\#(code)", "message": "\#(OpenAIObject.ownWords)", "param": null"#)
        case .garbled: steps.append(.send(Self.chunk("event: response.completed\ndata: {\"response\": [}\n\n")))
        case .missing, .lost: break
        case .cutOff:
            steps += [.send(Self.chunk("event: response.completed\ndata: {\"type\": \"response.comp")), .hangUp]
        case .silent(let gate): steps.append(.awaitLeave(gate))
        }
        return ScriptedReply(steps: steps + [.send("0\r\n\r\n")])
    }

    private var deltaType: String {
        if case .refused = ending { "response.refusal.delta" } else { "response.output_text.delta" }
    }

    static let head =
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream; charset=utf-8\r\ntransfer-encoding: chunked\r\n\r\n"
    private static let place = #""item_id": "msg_1", "output_index": 1, "content_index": 0"#

    private static func event(_ type: String, _ fields: String) -> String {
        "event: \(type)\ndata: {\"type\": \"\(type)\", \(fields)}\n\n"
    }

    static func chunk(_ text: String) -> String {
        "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n"
    }
}
