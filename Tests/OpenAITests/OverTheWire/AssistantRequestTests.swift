import OpenAI
import TestSupport
import Testing

/// Every call of assistants and threads as it goes over the wire, byte for byte.
@Suite struct AssistantRequestTests {
    private static let empty = #"{"object": "list", "data": [], "has_more": false}"#
    private static let deleted = #"{"id": "x", "deleted": true}"#
    private static let question = #"{"content":"Return window?","role":"user"}"#

    static let calls: [RequestTests.Call] = [
        // Assistants.
        .init("POST /v1/assistants", #"{"model":"gpt-6-luna"}"#, answer: WireSample.assistant) {
            _ = try await $0.assistants.create(AssistantRequest(model: "gpt-6-luna"))
        },
        .init(
            "POST /v1/assistants",
            #"{"description":"For us","instructions":"Be brief.","metadata":{"app":"kb"},"model":"m","name":"kb","#
                + #""reasoning_effort":"low","tool_resources":{"file_search":{"vector_store_ids":["vs_1"]}},"#
                + #""tools":[{"file_search":{"max_num_results":8,"ranking_options":{"ranker":"auto","#
                + #""score_threshold":0.2}},"type":"file_search"},{"type":"file_search"},{"type":"code_interpreter"}]}"#,
            answer: WireSample.assistant
        ) {
            var request = AssistantRequest(model: "m", instructions: "Be brief.")
            request.name = "kb"
            request.description = "For us"
            request.tools = [
                .fileSearch(maximumResults: 8, scoreThreshold: 0.2), .fileSearch(), .other(type: "code_interpreter"),
            ]
            request.vectorStoreIDs = ["vs_1"]
            request.metadata = ["app": "kb"]
            request.reasoningEffort = "low"
            _ = try await $0.assistants.create(request)
        },
        .init("GET /v1/assistants/asst_1", answer: WireSample.assistant) {
            _ = try await $0.assistants.retrieve("asst_1")
        },
        .init(
            "POST /v1/assistants/asst_1",
            #"{"tool_resources":{"file_search":{"vector_store_ids":["vs_2"]}}}"#,
            answer: WireSample.assistant
        ) {
            var change = AssistantRequest()
            change.vectorStoreIDs = ["vs_2"]
            try await $0.assistants.update("asst_1", change)
        },
        .init("DELETE /v1/assistants/asst_1", answer: deleted) { try await $0.assistants.delete("asst_1") },
        .init("GET /v1/assistants?limit=2&order=asc&after=asst_0", answer: empty) {
            _ = try await $0.assistants.list(limit: 2, order: .ascending, after: "asst_0")
        },
        .init("GET /v1/assistants?limit=100", answer: empty) { _ = try await $0.assistants.all().collect() },

        // Threads.
        .init("POST /v1/threads", "{}", answer: WireSample.thread) { _ = try await $0.threads.create() },
        .init(
            "POST /v1/threads",
            #"{"messages":[\#(question)],"metadata":{"a":"b"},"#
                + #""tool_resources":{"file_search":{"vector_store_ids":["vs_2"]}}}"#,
            answer: WireSample.thread
        ) {
            _ = try await $0.threads.create(
                messages: [.user("Return window?")],
                vectorStoreIDs: ["vs_2"],
                metadata: ["a": "b"]
            )
        },
        .init("GET /v1/threads/thread_1", answer: WireSample.thread) { _ = try await $0.threads.retrieve("thread_1") },
        .init("POST /v1/threads/thread_1", #"{"metadata":{"a":"b"}}"#, answer: WireSample.thread) {
            try await $0.threads.update("thread_1", metadata: ["a": "b"])
        },
        .init(
            "POST /v1/threads/thread_1",
            #"{"tool_resources":{"file_search":{"vector_store_ids":["vs_2"]}}}"#,
            answer: WireSample.thread
        ) { try await $0.threads.update("thread_1", vectorStoreIDs: ["vs_2"]) },
        .init("DELETE /v1/threads/thread_1", answer: deleted) { try await $0.threads.delete("thread_1") },

        // Messages.
        .init(
            "POST /v1/threads/thread_1/messages",
            #"{"content":"Return window?","metadata":{"a":"b"},"role":"user"}"#,
            answer: WireSample.threadAnswer
        ) { try await $0.messages.create(.user("Return window?"), in: "thread_1", metadata: ["a": "b"]) },
        .init("POST /v1/threads/thread_1/messages", question, answer: WireSample.threadAnswer) {
            try await $0.messages.create(.user("Return window?"), in: "thread_1")
        },
        .init("GET /v1/threads/thread_1/messages/msg_1", answer: WireSample.threadAnswer) {
            _ = try await $0.messages.retrieve("msg_1", of: "thread_1")
        },
        .init("DELETE /v1/threads/thread_1/messages/msg_1", answer: deleted) {
            try await $0.messages.delete("msg_1", of: "thread_1")
        },
        .init("GET /v1/threads/thread_1/messages?limit=2&order=asc&after=msg_0&run_id=run_1", answer: empty) {
            _ = try await $0.messages.list(of: "thread_1", runID: "run_1", order: .ascending, limit: 2, after: "msg_0")
        },
        .init("GET /v1/threads/thread_1/messages?limit=100&run_id=run_1", answer: empty) {
            _ = try await $0.messages.all(of: "thread_1", runID: "run_1").collect()
        },

        // Runs.
        .init("POST /v1/threads/thread_1/runs", #"{"assistant_id":"asst_1"}"#, answer: WireSample.run()) {
            _ = try await $0.runs.create(RunRequest(assistantID: "asst_1"), in: "thread_1")
        },
        .init(
            "POST /v1/threads/thread_1/runs",
            #"{"additional_instructions":"Be brief.","additional_messages":[\#(question)],"assistant_id":"asst_1","#
                + #""instructions":"Only files.","max_completion_tokens":1024,"max_prompt_tokens":50000,"#
                + #""metadata":{"a":"b"},"model":"m","reasoning_effort":"none","tool_choice":"required","#
                + #""truncation_strategy":{"last_messages":10,"type":"last_messages"}}"#,
            answer: WireSample.run()
        ) {
            var request = RunRequest(assistantID: "asst_1", additionalMessages: [.user("Return window?")])
            request.model = "m"
            request.instructions = "Only files."
            request.additionalInstructions = "Be brief."
            request.toolChoice = .required
            request.maximumPromptTokens = 50_000
            request.maximumCompletionTokens = 1_024
            request.lastMessages = 10
            request.metadata = ["a": "b"]
            request.reasoningEffort = "none"
            _ = try await $0.runs.create(request, in: "thread_1")
        },
        .init("GET /v1/threads/thread_1/runs/run_1", answer: WireSample.run()) {
            _ = try await $0.runs.retrieve("run_1", of: "thread_1")
        },
        .init("GET /v1/threads/thread_1/runs?limit=1", answer: empty) {
            _ = try await $0.runs.list(of: "thread_1", limit: 1)
        },
        .init("POST /v1/threads/thread_1/runs/run_1/cancel", answer: WireSample.run(status: "cancelling")) {
            let run = try await $0.runs.cancel("run_1", of: "thread_1")
            #expect(run.status == .cancelling)
        },
        .init(
            "GET /v1/threads/thread_1/runs/run_1/steps?limit=100&order=asc&include%5B%5D="
                + "step_details.tool_calls%5B%2A%5D.file_search.results%5B%2A%5D.content",
            answer: WireSample.runSteps
        ) {
            let steps = $0.runs.steps(of: "run_1", in: "thread_1", include: [.runStepSearchContent])
            let collected = try await steps.collect()
            #expect(collected.count == 3)
        },
    ]

    @Test(arguments: calls)
    func sendsEachCallAsTheAPIHasIt(_ call: RequestTests.Call) async throws {
        try await withAPI(.body(call.answer)) { api in
            try await call.make(api.client)
            let request = try #require(api.requests.first)
            #expect(api.requests.count == 1)
            #expect(request.line == call.line + " HTTP/1.1")
            #expect(request.text == call.body)
            #expect(request["openai-beta"] == "assistants=v2")
            #expect(request["accept"] == "application/json")
        }
    }
}
