/// A run of the scripted service, as far as those who ask for it later must know it.
struct ScriptedRun: Sendable {
    let id: String
    let thread: String
    let question: String
    /// The caller's own notes on it, as JSON.
    let metadata: String
    /// What it says and how it ends.
    let response: ScriptedResponse
    var status: String

    init(id: String, answering call: ScriptedOpenAI.Call, with response: ScriptedResponse) {
        self.id = id
        thread = call.conversation
        question = call.question
        metadata = call.metadata
        self.response = response
        status =
            switch response.ending {
            case .silent, .lost: "in_progress"
            case .ended(let status): status
            case .incomplete: "incomplete"
            case .failed, .error: "failed"
            // What a caller could not hear to its end has ended well all the same.
            case .completed, .refused, .empty, .withUnknowns, .garbled, .missing, .cutOff: "completed"
            }
    }

    /// Whether its thread takes nothing else.
    var isActive: Bool { status == "in_progress" || status == "requires_action" }

    /// The run as an object.
    func object(status: String? = nil) -> String {
        let (error, reason): (String, String) =
            switch response.ending {
            case .failed(let code): (OpenAIObject.error(code: code, type: nil), "null")
            case .incomplete(let reason): ("null", #"{"reason": "\#(reason)"}"#)
            default: ("null", "null")
            }
        return """
            {"id": "\(id)", "object": "thread.run", "created_at": 1795219200, "thread_id": "\(thread)", \
            "assistant_id": "asst_1", "status": "\(status ?? self.status)", "last_error": \(error), \
            "incomplete_details": \(reason), "model": "gpt-6-luna", "metadata": \(metadata), \
            "usage": {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12}}
            """
    }

    /// The step that searched, whole.
    var step: String {
        """
        {"id": "step_1", "object": "thread.run.step", "run_id": "\(id)", "type": "tool_calls", "status": "completed", \
        "step_details": {"type": "tool_calls", "tool_calls": [{"id": "call_1", "type": "file_search", "file_search": \
        {"results": [{"file_id": "\(OpenAIObject.fileID)", "file_name": "leave.md", "score": 0.9, \
        "content": [{"type": "text", "text": \(OpenAIObject.quoted(OpenAIObject.passage))}]}]}}]}}
        """
    }

    /// What it said, whole; nil where that is nothing.
    var message: String? {
        guard let first = response.pieces.first else { return nil }
        let part: String
        if case .refused = response.ending {
            part = #"{"type": "refusal", "refusal": \#(OpenAIObject.quoted(response.text))}"#
        } else {
            let marked = first + Self.mark + response.pieces.dropFirst().joined()
            let text = OpenAIObject.quoted(marked)
            part = #"{"type": "text", "text": {"value": \#(text), "annotations": [\#(annotation)]}}"#
        }
        return OpenAIObject.threadMessage("msg_\(id)", role: "assistant", part, run: id)
    }

    /// What stands in the text where it leans on the file.
    static let mark = "【4:0†leave.md】"

    var annotation: String {
        let start = response.pieces.first?.unicodeScalars.count ?? 0
        return """
            {"index": 0, "type": "file_citation", "text": "\(Self.mark)", "start_index": \(start), \
            "end_index": \(start + Self.mark.unicodeScalars.count), "file_citation": {"file_id": "\(OpenAIObject.fileID)"}}
            """
    }
}
