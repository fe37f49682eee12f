/// The events of a streamed response, in their order and with their numbers.
struct ResponseEvents {
    private let response: ResponseObject
    private var next = 0
    /// How many Unicode scalars of the text were sent.
    private var position = 0
    private var annotations = 0

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

    /// What has become known of the answer.
    mutating func progress(_ progress: AnswerProgress) -> [JSONValue] {
        switch progress {
        case .found(let search): beginning(search)
        case .text(let piece): text(piece)
        }
    }

    /// The search ends, and the whole text follows.
    mutating func whole(_ output: ResponseOutput) -> [JSONValue] {
        beginning(output.search) + text(output.piece)
    }

    /// The search ends, and the message begins.
    private mutating func beginning(_ search: AnswerSearch) -> [JSONValue] {
        var events: [JSONValue] = []
        if let call = response.fileSearchCall(search) {
            let item = call.json(including: response.request.inclusions)
            events += [
                event("response.file_search_call.completed", ["output_index": 0, "item_id": .string(call.id)]),
                event("response.output_item.done", ["output_index": 0, "item": item]),
            ]
        }
        let begun: JSONValue = [
            "id": .string(response.messageID), "type": "message", "status": "in_progress", "role": "assistant",
            "content": [], "phase": "final_answer",
        ]
        let empty: JSONValue = ["type": "output_text", "text": "", "annotations": [], "logprobs": []]
        return events + [
            event("response.output_item.added", itemPlace, ["item": begun]),
            event("response.content_part.added", place, ["part": empty]),
        ]
    }

    /// More of the text, in chunks, each citation after the text before it.
    private mutating func text(_ piece: AnswerPiece) -> [JSONValue] {
        var events: [JSONValue] = []
        let start = position
        var citations = piece.citations.enumerated().sorted {
            ($0.element.index, $0.offset) < ($1.element.index, $1.offset)
        }[...]
        for chunk in TextChunks.split(piece.text, at: citations.map { $0.element.index - start }) {
            events.append(event("response.output_text.delta", place, ["delta": .string(chunk), "logprobs": []]))
            position += chunk.unicodeScalars.count
            while let citation = citations.first, citation.element.index <= position {
                citations.removeFirst()
                let annotation: [String: JSONValue] = [
                    "annotation_index": .integer(annotations + citation.offset),
                    "annotation": citation.element.annotation,
                ]
                events.append(event("response.output_text.annotation.added", place, annotation))
            }
        }
        annotations += piece.citations.count
        return events
    }

    /// The text and the message end.
    mutating func ending(_ output: ResponseOutput) -> [JSONValue] {
        [
            event("response.output_text.done", place, ["text": .string(output.text), "logprobs": []]),
            event("response.content_part.done", place, ["part": output.textPart]),
            event("response.output_item.done", itemPlace, ["item": output.message.body]),
        ]
    }

    /// The response ends.
    mutating func closing(_ response: JSONValue) -> JSONValue {
        let status = response["status"]?.string ?? "failed"
        return event("response.\(status)", ["response": response])
    }

    /// The place of the message in the output.
    private var itemPlace: [String: JSONValue] { ["output_index": response.fileSearchID == nil ? 0 : 1] }

    /// The place of the text in the message.
    private var place: [String: JSONValue] {
        itemPlace.merging(["item_id": .string(response.messageID), "content_index": 0]) { first, _ in first }
    }

    private mutating func event(_ type: String, _ parts: [String: JSONValue]...) -> JSONValue {
        var fields = parts.reduce(into: [:]) { $0.merge($1) { first, _ in first } }
        fields["type"] = .string(type)
        fields["sequence_number"] = .integer(next)
        next += 1
        return .object(fields)
    }
}
