import Testing

@testable import LocalEngine

extension EngineClient {
    /// Creates an assistant that searches a store.
    ///
    /// - Returns: The assistant's ID.
    func assistant(_ store: String? = nil, _ more: [String: JSONValue] = [:]) async throws -> String {
        var body: [String: JSONValue] = ["model": "gpt-6-luna", "tools": [["type": "file_search"]]]
        if let store { body["tool_resources"] = ["file_search": ["vector_store_ids": [.string(store)]]] }
        return try await post("assistants", .object(body.merging(more) { _, new in new })).id
    }

    /// Asks in a thread, and waits until the run has ended; the reply is the run.
    func ask(
        _ question: String,
        _ assistant: String,
        in thread: String,
        _ more: [String: JSONValue] = [:]
    ) async throws -> Reply {
        try await post("threads/\(thread)/messages", ["role": "user", "content": .string(question)])
        let body = more.merging(["assistant_id": .string(assistant)]) { first, _ in first }
        let run = try await post("threads/\(thread)/runs", .object(body))
        #expect(run["status"] == "queued")
        return try await ended(run.id, in: thread)
    }

    /// Waits until a run has ended; the reply is the run.
    @discardableResult
    func ended(_ run: String, in thread: String) async throws -> Reply {
        try await poll("threads/\(thread)/runs/\(run)") {
            $0["status"]?.string.flatMap(Run.Status.init).map { !$0.isActive } ?? true
        }
    }

    /// The message that a run made.
    func answer(of run: Reply) async throws -> JSONValue {
        let thread = run["thread_id"]?.string ?? ""
        let messages = try await get("threads/\(thread)/messages?run_id=\(run.id)").list
        try #require(messages.count == 1)
        return messages[0]
    }
}

extension JSONValue {
    /// The text of a thread's message.
    var messageText: String { self["content"]?.array?.first?["text"]?["value"]?.string ?? "" }
    /// The annotations of a thread's message.
    var messageNotes: [JSONValue] { self["content"]?.array?.first?["text"]?["annotations"]?.array ?? [] }
}

extension JSONValue {
    /// The stores in the `tool_resources` of an assistant or a thread.
    var vectorStoreIDs: [String] {
        (self["file_search"]?["vector_store_ids"]?.array ?? []).compactMap(\.string)
    }
}
