/// Objects as the API sends them.
enum WireSample {
    static let file = """
        {"id": "file-a1", "object": "file", "bytes": 1042, "created_at": 1795219200, "filename": "faq.md",
         "purpose": "assistants", "status": "processed", "expires_at": null, "status_details": null}
        """

    static let vectorStore = """
        {"id": "vs_1", "object": "vector_store", "created_at": 1795219200, "name": "kb", "description": null,
         "usage_bytes": 1045, "status": "completed", "expires_after": {"anchor": "last_active_at", "days": 30},
         "file_counts": {"in_progress": 0, "completed": 1, "failed": 0, "cancelled": 0, "total": 1},
         "expires_at": 1797811200, "last_active_at": 1795219200, "metadata": {"tenant": "t1", "app": "kb"}}
        """

    static let searchPage = """
        {"object": "vector_store.search_results.page", "search_query": ["return window"],
         "data": [{"file_id": "file-a1", "filename": "faq.md", "score": 0.82, "attributes": {"doc": "d1"},
                   "content": [{"type": "text", "text": "Returns are accepted for 30 days."}]}],
         "has_more": false, "next_page": null}
        """

    static let vectorStoreFile = """
        {"id": "file-a1", "object": "vector_store.file", "usage_bytes": 1045, "created_at": 1795219200,
         "vector_store_id": "vs_1", "status": "completed", "last_error": null,
         "chunking_strategy": {"type": "static",
                               "static": {"max_chunk_size_tokens": 800, "chunk_overlap_tokens": 400}},
         "attributes": {"doc": "d1", "rev": 3, "public": true}}
        """

    static let failedVectorStoreFile = """
        {"id": "file-a1", "object": "vector_store.file", "usage_bytes": 0, "created_at": 1795219200,
         "vector_store_id": "vs_1", "status": "failed", "attributes": {},
         "last_error": {"code": "unsupported_file", "message": "The file type is not supported."}}
        """

    static let fileBatch = """
        {"id": "vsfb_1", "object": "vector_store.files_batch", "created_at": 1795219200, "vector_store_id": "vs_1",
         "status": "in_progress",
         "file_counts": {"in_progress": 2, "completed": 0, "failed": 0, "cancelled": 0, "total": 2}}
        """

    static let conversation = """
        {"id": "conv_1", "object": "conversation", "created_at": 1795219200,
         "metadata": {"tenant": "t1", "app": "kb"}}
        """

    static let model = """
        {"id": "gpt-6-luna", "object": "model", "created": 1795219200, "owned_by": "openai",
         "shutdown_date": "2027-06-30"}
        """

    static let fileSearchCall = """
        {"id": "fs_1", "type": "file_search_call", "status": "completed", "queries": ["return window"],
         "results": [{"file_id": "file-a1", "filename": "faq.md", "score": 0.82,
                      "text": "Returns are accepted for 30 days.", "attributes": {"doc": "d1"}}]}
        """

    static let answer = """
        {"id": "msg_2", "type": "message", "status": "completed", "role": "assistant",
         "content": [{"type": "output_text", "text": "Returns are accepted for 30 days.", "logprobs": [],
                      "annotations": [{"type": "file_citation", "file_id": "file-a1", "filename": "faq.md",
                                       "index": 32}]}],
         "phase": "final_answer"}
        """

    static let question = """
        {"id": "msg_1", "type": "message", "status": "completed", "role": "user",
         "content": [{"type": "input_text", "text": "Return window?"}]}
        """

    static let items = """
        {"object": "list", "data": [\(answer), \(fileSearchCall), \(question)],
         "first_id": "msg_2", "last_id": "msg_1", "has_more": false}
        """

    static let response = response(output: [fileSearchCall, answer])

    /// A response with this output, and fields of it replaced or added.
    static func response(status: String = "completed", output: [String] = [], _ more: String = "") -> String {
        """
        {"id": "resp_1", "object": "response", "created_at": 1795219200, "status": "\(status)",
         "completed_at": 1795219203, "background": false, "error": null, "incomplete_details": null,
         "instructions": "Answer from the files.", "max_output_tokens": 1024, "model": "gpt-6-luna",
         "output": [\(output.joined(separator: ", "))],
         "parallel_tool_calls": true, "previous_response_id": null, "conversation": {"id": "conv_1"},
         "reasoning": {"effort": "none", "summary": null}, "store": true, "temperature": 1.0, "top_p": 1.0,
         "text": {"format": {"type": "text"}}, "tool_choice": "auto",
         "tools": [{"type": "file_search", "vector_store_ids": ["vs_1"], "max_num_results": 8}],
         "truncation": "disabled",
         "usage": {"input_tokens": 1160, "input_tokens_details": {"cached_tokens": 12, "cache_write_tokens": 0},
                   "output_tokens": 42, "output_tokens_details": {"reasoning_tokens": 7}, "total_tokens": 1202},
         "metadata": {"tenant": "t1", "app": "kb"}, "safety_identifier": "u_9f3c", "prompt_cache_key": "kb:t1",
         "service_tier": "default"\(more)}
        """
    }

    /// A message of the model with these parts.
    static func message(_ parts: String..., phase: String = "null") -> String {
        """
        {"id": "msg_2", "type": "message", "status": "completed", "role": "assistant", "phase": \(phase),
         "content": [\(parts.joined(separator: ", "))]}
        """
    }
}
