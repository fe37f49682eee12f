extension WireSample {
    static let assistant = """
        {"id": "asst_1", "object": "assistant", "created_at": 1795219200, "name": "kb", "description": null,
         "model": "gpt-6-luna", "instructions": "Answer from the files.",
         "tools": [{"type": "file_search", "file_search": {"max_num_results": 8,
                    "ranking_options": {"ranker": "auto", "score_threshold": 0.2}}}, {"type": "code_interpreter"}],
         "tool_resources": {"file_search": {"vector_store_ids": ["vs_1"]}},
         "metadata": {"tenant": "t1", "app": "kb"}, "temperature": 1.0, "top_p": 1.0, "response_format": "auto"}
        """

    static let thread = """
        {"id": "thread_1", "object": "thread", "created_at": 1795219200,
         "tool_resources": {"file_search": {"vector_store_ids": ["vs_2"]}}, "metadata": {"tenant": "t1", "app": "kb"}}
        """

    static let threadAnswer = """
        {"id": "msg_a2", "object": "thread.message", "created_at": 1795219200, "thread_id": "thread_1",
         "status": "completed", "incomplete_details": null, "completed_at": 1795219203, "incomplete_at": null,
         "role": "assistant", "content": [{"type": "text", "text": {
           "value": "Returns are accepted for 30 days【4:0†faq.md】.",
           "annotations": [{"type": "file_citation", "text": "【4:0†faq.md】", "start_index": 32, "end_index": 44,
                            "file_citation": {"file_id": "file-a1"}}]}}],
         "assistant_id": "asst_1", "run_id": "run_1", "attachments": [], "metadata": {}}
        """

    /// A run with a status, and fields of it replaced or added.
    static func run(status: String = "queued", usage: String = "null", _ more: String = "") -> String {
        """
        {"id": "run_1", "object": "thread.run", "created_at": 1795219200, "thread_id": "thread_1",
         "assistant_id": "asst_1", "status": "\(status)", "required_action": null, "expires_at": 1795219800,
         "started_at": null, "cancelled_at": null, "failed_at": null, "completed_at": null, "model": "gpt-6-luna",
         "instructions": null, "tools": [], "metadata": {"app": "kb"}, "usage": \(usage)\(more)}
        """
    }

    static let runSteps = """
        {"object": "list", "first_id": "step_1", "last_id": "step_2", "has_more": false, "data": [
         {"id": "step_1", "object": "thread.run.step", "type": "tool_calls", "status": "completed", "step_details":
          {"type": "tool_calls", "tool_calls": [{"id": "call_1", "type": "file_search", "file_search":
           {"ranking_options": {"ranker": "auto", "score_threshold": 0.2}, "results": [{"file_id": "file-a1",
            "file_name": "faq.md", "score": 0.82, "content": [{"type": "text", "text": "For 30 days."}]}]}}]}},
         {"id": "step_2", "object": "thread.run.step", "type": "message_creation", "status": "completed",
          "step_details": {"type": "message_creation", "message_creation": {"message_id": "msg_a2"}}},
         {"id": "step_3", "object": "thread.run.step", "step_details": {"type": "novel", "novel": 1}}]}
        """

    /// The events of a run that searches and answers, in order, as type and data.
    static let runEvents: [(type: String, data: String)] = [
        ("thread.run.created", run()),
        ("thread.run.queued", run()),
        ("thread.run.in_progress", run(status: "in_progress")),
        ("thread.run.step.created", #"{"id": "step_1"}"#),
        (
            "thread.run.step.delta",
            #"{"id": "step_1", "delta": {"step_details": {"type": "tool_calls", "tool_calls": [{"index": 0}]}}}"#
        ),
        ("thread.run.step.completed", #"{"id": "step_1", "status": "completed"}"#),
        ("thread.message.created", #"{"id": "msg_a2", "role": "assistant", "content": []}"#),
        ("thread.message.in_progress", #"{"id": "msg_a2", "role": "assistant", "content": []}"#),
        (
            "thread.message.delta",
            #"{"id": "msg_a2", "delta": {"content": [{"index": 0, "type": "text", "text": "#
                + #"{"value": "Returns are accepted for 30 days", "annotations": []}}]}}"#
        ),
        (
            "thread.message.delta",
            #"{"id": "msg_a2", "delta": {"content": [{"index": 0, "type": "text", "text": {"value": "【4:0†faq.md】", "#
                + #""annotations": [{"index": 0, "type": "file_citation", "text": "【4:0†faq.md】", "start_index": 32, "#
                + #""end_index": 44, "file_citation": {"file_id": "file-a1", "quote": ""}}]}}]}}"#
        ),
        (
            "thread.message.delta",
            #"{"id": "msg_a2", "delta": {"content": [{"index": 0, "type": "text", "text": {"value": "."}}]}}"#
        ),
        ("thread.message.completed", threadAnswer),
        ("thread.novel", "no JSON at all"),
        (
            "thread.run.completed",
            run(
                status: "completed",
                usage: #"{"prompt_tokens": 2028, "completion_tokens": 40, "total_tokens": 2068}"#
            )
        ),
    ].map { type, data in (type, data.onOneLine) }
}
