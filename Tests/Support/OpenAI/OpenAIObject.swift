internal import Foundation

/// Objects of OpenAI's service as JSON.
public enum OpenAIObject {
    /// What the service says in its own words, which nobody but its direct caller is to see.
    public static let ownWords = "Said-upstream"
    /// The passage that each search finds.
    public static let passage = "Employees receive 27 days of paid annual leave."
    /// The file that the passage is in.
    public static let fileID = "file-1"

    static func conversation(_ id: String) -> String {
        #"{"id": \#(quoted(id)), "object": "conversation", "created_at": 1795219200, "metadata": {}}"#
    }

    static func deletedConversation(_ id: String) -> String {
        #"{"id": \#(quoted(id)), "object": "conversation.deleted", "deleted": true}"#
    }

    static func deletedResponse(_ id: String) -> String {
        #"{"id": \#(quoted(id)), "object": "response.deleted", "deleted": true}"#
    }

    static func deletedThread(_ id: String) -> String {
        #"{"id": \#(quoted(id)), "object": "thread.deleted", "deleted": true}"#
    }

    static func thread(_ id: String, store: String) -> String {
        """
        {"id": \(quoted(id)), "object": "thread", "created_at": 1795219200, "metadata": {}, \
        "tool_resources": {"file_search": {"vector_store_ids": [\(quoted(store))]}}}
        """
    }

    static func threadMessage(_ id: String, role: String, _ part: String, run: String?) -> String {
        """
        {"id": \(quoted(id)), "object": "thread.message", "created_at": 1795219200, "role": \(quoted(role)), \
        "status": "completed", "run_id": \(quoted(run)), "content": [\(part)], "metadata": {}}
        """
    }

    static func threadMessages(_ messages: [ScriptedOpenAI.Message]) -> [String] {
        messages.enumerated().map { place, message in
            let part = #"{"type": "text", "text": {"value": \#(quoted(message.text)), "annotations": []}}"#
            return threadMessage("msg_\(place)", role: message.role, part, run: nil)
        }
    }

    static func list(_ objects: [String]) -> String {
        #"{"object": "list", "data": [\#(objects.joined(separator: ", "))], "has_more": false}"#
    }

    static func items(_ messages: [ScriptedOpenAI.Message]) -> String {
        let items = messages.enumerated().map { place, message in
            let part = message.role == "user" ? "input_text" : "output_text"
            return """
                {"id": "msg_\(place)", "type": "message", "status": "completed", "role": \(quoted(message.role)), \
                "content": [{"type": "\(part)", "text": \(quoted(message.text)), "annotations": []}]}
                """
        }
        return """
            {"object": "list", "data": [\(items.joined(separator: ", "))], "has_more": false, \
            "first_id": "msg_0", "last_id": "msg_\(max(items.count - 1, 0))"}
            """
    }

    static func error(code: String?, type: String?) -> String {
        """
        {"message": \(quoted(ownWords)), "type": \(quoted(type)), "param": null, "code": \(quoted(code))}
        """
    }

    static let vectorStore = """
        {"id": "vs_1", "object": "vector_store", "created_at": 1795219200, "name": "policy-assistant", "usage_bytes": 47, \
        "file_counts": {"in_progress": 0, "completed": 1, "failed": 0, "cancelled": 0, "total": 1}, \
        "status": "completed", "last_active_at": 1795219200, "metadata": {}}
        """

    static let search = """
        {"id": "fs_1", "type": "file_search_call", "status": "completed", "queries": [\(quoted(ownWords))], \
        "results": [{"file_id": "\(fileID)", "filename": "leave.md", "score": 0.9, "text": \(quoted(passage)), \
        "attributes": {}}]}
        """

    static let annotation =
        #"{"type": "file_citation", "file_id": "\#(fileID)", "filename": "leave.md", "index": 1}"#

    static func message(_ part: String) -> String {
        """
        {"id": "msg_1", "type": "message", "status": "completed", "role": "assistant", "content": [\(part)]}
        """
    }

    /// The text as JSON.
    static func quoted(_ text: String?) -> String {
        // A string or nil is always JSON.
        (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}
