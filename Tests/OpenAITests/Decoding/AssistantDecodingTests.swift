import Foundation
import JSON
import Testing

@testable import OpenAI

@Suite struct AssistantDecodingTests {
    private func decode<Value: Decodable>(_ json: String) throws -> Value {
        try WireJSON.decode(Value.self, from: json.utf8)
    }

    private func decode<Value: JSONReadable>(_ json: String) throws -> Value {
        try WireJSON.decode(Value.self, from: json.utf8)
    }

    @Test func readsAnAssistant() throws {
        let assistant: OpenAIAssistant = try decode(WireSample.assistant)
        #expect(assistant.id == "asst_1")
        #expect(assistant.name == "kb")
        #expect(assistant.description == nil)
        #expect(assistant.model == "gpt-6-luna")
        #expect(assistant.instructions == "Answer from the files.")
        #expect(
            assistant.tools == [
                .fileSearch(maximumResults: 8, scoreThreshold: 0.2), .other(type: "code_interpreter"),
            ]
        )
        #expect(assistant.vectorStoreIDs == ["vs_1"])
        #expect(assistant.metadata == ["tenant": "t1", "app": "kb"])
        #expect(assistant.createdAt == Date(timeIntervalSince1970: 1_795_219_200))
    }

    @Test(arguments: [#"{"id": "asst_1"}"#, #"{"id": "asst_1", "tools": null, "tool_resources": null, "name": null}"#])
    func readsABareAssistant(_ json: String) throws {
        let assistant: OpenAIAssistant = try decode(json)
        #expect(assistant.tools.isEmpty && assistant.vectorStoreIDs.isEmpty && assistant.metadata.isEmpty)
    }

    @Test(arguments: [
        (WireSample.thread, ["vs_2"]), (#"{"id": "thread_1", "tool_resources": {}}"#, []),
        (#"{"id": "thread_1", "tool_resources": {"file_search": {}}}"#, []), (#"{"id": "thread_1"}"#, []),
    ])
    func readsAThread(_ json: String, _ stores: [String]) throws {
        let thread: OpenAIThread = try decode(json)
        #expect(thread.id == "thread_1")
        #expect(thread.vectorStoreIDs == stores)
    }

    @Test func readsAMessage() throws {
        let message: ThreadMessage = try decode(WireSample.threadAnswer)
        #expect(message.id == "msg_a2")
        #expect(message.threadID == "thread_1")
        #expect(message.role == .assistant)
        #expect(message.runID == "run_1")
        #expect(message.assistantID == "asst_1")
        let reading = message.reading()
        #expect(reading.text == "Returns are accepted for 30 days.")
        #expect(reading.citations == [FileCitation(fileID: "file-a1", index: 32)])
        #expect(message.refusal == nil)
    }

    @Test func readsAMessageOfManyParts() throws {
        let message: ThreadMessage = try decode(
            """
            {"id": "msg_1", "role": "assistant", "content": [
              {"type": "text", "text": {"value": "One😀【1†a】", "annotations": []}}, {"type": "image_file"},
              {"type": "text", "text": {"value": "Two【2†b】", "annotations": [
                {"type": "file_citation", "text": "【2†b】", "start_index": 3, "end_index": 8,
                 "file_citation": {"file_id": "file-b"}}]}},
              {"type": "refusal", "refusal": "No."}]}
            """
        )
        let reading = message.reading()
        #expect(reading.text == "One😀Two")
        #expect(reading.citations == [FileCitation(fileID: "file-b", index: 7)])
        #expect(message.refusal == "No.")
        #expect(message.content[1] == .other(type: "image_file"))
    }

    @Test func readsARun() throws {
        let usage = #"{"prompt_tokens": 2028, "completion_tokens": 40, "total_tokens": 2068}"#
        let run: Run = try decode(WireSample.run(status: "completed", usage: usage))
        #expect(run.status == .completed)
        #expect(run.threadID == "thread_1" && run.assistantID == "asst_1")
        #expect(run.usage == Usage(inputTokens: 2028, outputTokens: 40, totalTokens: 2068))
        #expect(run.failure == nil && run.incompleteReason == nil)
        #expect(run.expiresAt == Date(timeIntervalSince1970: 1_795_219_800))
    }

    @Test(arguments: [
        (#", "last_error": {"code": "rate_limit_exceeded", "message": "x"}"#, OpenAIError.Code.rateLimited),
        (#", "last_error": {"code": "server_error", "message": "x"}"#, .serverError),
        (#", "last_error": {"code": "invalid_prompt", "message": "x"}"#, .invalidRequest),
        (#", "last_error": null"#, .serverError),
    ])
    func saysWhyARunFailed(_ error: String, _ code: OpenAIError.Code) throws {
        let run: Run = try decode(WireSample.run(status: "failed", error))
        #expect(run.failure?.code == code)
    }

    @Test func readsWhyARunIsIncomplete() throws {
        let more = #", "incomplete_details": {"reason": "max_completion_tokens"}"#
        let run: Run = try decode(WireSample.run(status: "incomplete", more))
        #expect(run.incompleteReason == "max_completion_tokens")
        #expect(run.status.isFinal)
    }

    @Test(arguments: [
        ("queued", false), ("in_progress", false), ("requires_action", false), ("cancelling", false), ("novel", false),
        ("cancelled", true), ("failed", true), ("completed", true), ("incomplete", true), ("expired", true),
    ])
    func knowsWhichStatusesAreFinal(_ status: String, _ isFinal: Bool) {
        #expect(Run.Status(rawValue: status).isFinal == isFinal)
    }

    @Test func readsSteps() throws {
        let steps: Page<RunStep> = try decode(WireSample.runSteps)
        #expect(steps.data.map(\.id) == ["step_1", "step_2", "step_3"])
        guard case .toolCalls(let found) = steps.data[0].work else {
            Issue.record("\(steps.data[0])")
            return
        }
        #expect(found.map(\.fileID) == ["file-a1"])
        #expect(found.map(\.text) == ["For 30 days."])
        #expect(steps.data[1].work == .messageCreation(messageID: "msg_a2"))
        #expect(steps.data[2].work == .other(type: "novel"))
    }
}
