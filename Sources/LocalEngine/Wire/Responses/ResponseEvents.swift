/// The events of a streamed response, in their order and with their numbers.
struct ResponseEvents {
    private let response: ResponseObject
    private var next = 0

    init(of response: ResponseObject) {
        self.response = response
    }

    /// The response begins, and with it the file search.
    mutating func opening() -> [JSONValue] {
        let json = response.json(.inProgress)
        var events = [
            event("response.created", ["response": json]),
            event("response.in_progress", ["response": json]),
        ]
        guard let id = response.fileSearchID else { return events }
        let item: JSONValue = [
            "id": .string(id), "type": "file_search_call", "status": "in_progress", "queries": [], "results": nil,
        ]
        events += [
            event("response.output_item.added", ["output_index": 0, "item": item]),
            event("response.file_search_call.in_progress", ["output_index": 0, "item_id": .string(id)]),
            event("response.file_search_call.searching", ["output_index": 0, "item_id": .string(id)]),
        ]
        return events
    }

    /// The search ends, and the answer follows.
    mutating func output(_ output: ResponseOutput) -> [JSONValue] {
        guard let call = output.fileSearchCall else { return message(output, at: 0) }
        let item = call.json(including: response.request.inclusions)
        let events = [
            event("response.file_search_call.completed", ["output_index": 0, "item_id": .string(call.id)]),
            event("response.output_item.done", ["output_index": 0, "item": item]),
        ]
        return events + message(output, at: 1)
    }

    /// The response ends.
    mutating func closing(_ response: JSONValue) -> JSONValue {
        let status = response["status"]?.string ?? "failed"
        return event("response.\(status)", ["response": response])
    }

    private mutating func message(_ output: ResponseOutput, at index: Int) -> [JSONValue] {
        let item = output.message.body
        let itemPlace: [String: JSONValue] = ["output_index": .integer(index)]
        let place = itemPlace.merging(["item_id": .string(output.messageID), "content_index": 0]) { first, _ in first }
        var begun = item
        begun["status"] = "in_progress"
        begun["content"] = []
        let empty: JSONValue = ["type": "output_text", "text": "", "annotations": [], "logprobs": []]
        var events = [
            event("response.output_item.added", itemPlace, ["item": begun]),
            event("response.content_part.added", place, ["part": empty]),
        ]
        events += text(output, at: place)
        events += [
            event("response.output_text.done", place, ["text": .string(output.text), "logprobs": []]),
            event("response.content_part.done", place, ["part": output.textPart]),
            event("response.output_item.done", itemPlace, ["item": item]),
        ]
        return events
    }

    /// The text in chunks, each citation after the text before it.
    private mutating func text(_ output: ResponseOutput, at place: [String: JSONValue]) -> [JSONValue] {
        var events: [JSONValue] = []
        var citations = output.citations.enumerated().sorted {
            ($0.element.index, $0.offset) < ($1.element.index, $1.offset)
        }[...]
        var position = 0
        for chunk in TextChunks.split(output.text, at: citations.map(\.element.index)) {
            events.append(event("response.output_text.delta", place, ["delta": .string(chunk), "logprobs": []]))
            position += chunk.unicodeScalars.count
            while let citation = citations.first, citation.element.index <= position {
                citations.removeFirst()
                let annotation: [String: JSONValue] = [
                    "annotation_index": .integer(citation.offset), "annotation": citation.element.annotation,
                ]
                events.append(event("response.output_text.annotation.added", place, annotation))
            }
        }
        return events
    }

    private mutating func event(_ type: String, _ parts: [String: JSONValue]...) -> JSONValue {
        var fields = parts.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
        fields["type"] = .string(type)
        fields["sequence_number"] = .integer(next)
        next += 1
        return .object(fields)
    }
}
