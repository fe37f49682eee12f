extension WireSample {
    private static let noResponseYet = response(status: "in_progress")
    private static let text = """
        {"type": "output_text", "text": "Returns are accepted for 30 days.", "logprobs": [],
         "annotations": [{"type": "file_citation", "file_id": "file-a1", "filename": "faq.md", "index": 32}]}
        """
    private static let place = #""item_id": "msg_2", "output_index": 1, "content_index": 0"#

    /// The events of a response that searches and answers, in order, as type and data.
    static let events: [(type: String, data: String)] = [
        ("response.created", #""response": \#(noResponseYet)"#),
        ("response.in_progress", #""response": \#(noResponseYet)"#),
        (
            "response.output_item.added",
            #""output_index": 0, "item": {"id": "fs_1", "type": "file_search_call", "status": "in_progress", "#
                + #""queries": [], "results": null}"#
        ),
        ("response.file_search_call.in_progress", #""output_index": 0, "item_id": "fs_1""#),
        ("response.file_search_call.searching", #""output_index": 0, "item_id": "fs_1""#),
        ("response.file_search_call.completed", #""output_index": 0, "item_id": "fs_1""#),
        ("response.output_item.done", #""output_index": 0, "item": \#(fileSearchCall)"#),
        (
            "response.output_item.added",
            #""output_index": 1, "item": {"id": "msg_2", "type": "message", "status": "in_progress", "#
                + #""role": "assistant", "content": []}"#
        ),
        (
            "response.content_part.added",
            #"\#(place), "part": {"type": "output_text", "text": "", "annotations": [], "logprobs": []}"#
        ),
        ("response.output_text.delta", #"\#(place), "delta": "Returns are accepted for 30 days", "logprobs": []"#),
        (
            "response.output_text.annotation.added",
            #"\#(place), "annotation_index": 0, "annotation": {"type": "file_citation", "file_id": "file-a1", "#
                + #""filename": "faq.md", "index": 32}"#
        ),
        ("response.output_text.delta", #"\#(place), "delta": ".", "logprobs": [], "obfuscation": "x7f""#),
        ("response.output_text.done", #"\#(place), "text": "Returns are accepted for 30 days.", "logprobs": []"#),
        ("response.content_part.done", #"\#(place), "part": \#(text)"#),
        ("response.output_item.done", #""output_index": 1, "item": \#(answer)"#),
        ("response.completed", #""response": \#(response)"#),
    ].enumerated().map { number, event in
        (event.0, #"{"type": "\#(event.0)", "sequence_number": \#(number), \#(event.1)}"#.onOneLine)
    }

    /// These events as a server sends them.
    static func stream(_ events: some Sequence<(type: String, data: String)>) -> String {
        events.map { "event: \($0.type)\ndata: \($0.data)\n\n" }.joined()
    }

    static let flatError = """
        {"type": "error", "code": "rate_limit_exceeded", "message": "Rate limit reached", "param": null,
         "sequence_number": 2}
        """

    static let nestedError = """
        {"type": "error", "sequence_number": 2,
         "error": {"type": "tokens", "code": "rate_limit_exceeded", "message": "Rate limit reached", "param": null}}
        """
}

extension String {
    /// The text without its line breaks, as an event's data has to be.
    var onOneLine: String {
        split(separator: "\n").map { $0.trimmingPrefix(while: \.isWhitespace) }.joined(separator: " ")
    }
}
