import OpenAI
import TestSupport
import Testing

@Suite struct ChatCompletionTests {
    private let request = ChatCompletionRequest(
        model: "smol",
        messages: [InputMessage(role: .system, content: "Be brief."), .user("Ready?")],
        maximumTokens: 16,
        temperature: 0
    )

    @Test func sendsTheConversationAndReadsTheText() async throws {
        let body = """
            {"id": "chatcmpl-1", "choices": [{"index": 0, "message": {"role": "assistant", "content": "Ready."}, \
            "finish_reason": "stop"}], "usage": {"completion_tokens": 2}}
            """
        try await withAPI(.body(body)) { api in
            let completion = try await api.client.chatCompletions.create(request)
            #expect(completion.text == "Ready." && completion.finishReason == "stop" && completion.tokens == 2)
            let sent = try #require(api.requests.first)
            #expect(sent.line == "POST /v1/chat/completions HTTP/1.1")
            #expect(
                sent.text == """
                    {"max_tokens":16,"messages":[{"content":"Be brief.","role":"system"},\
                    {"content":"Ready?","role":"user"}],"model":"smol","stream":false,"temperature":0}
                    """
            )
        }
    }

    @Test func readsAStreamUpToItsReason() async throws {
        let events = [
            #"{"choices": [{"delta": {"role": "assistant", "content": null}}]}"#, #"{"choices": []}"#,
            #"{"choices": [{"delta": {"content": "Rea"}}]}"#, #"{"choices": [{"delta": {"content": "dy."}}]}"#,
            #"{"choices": [{"delta": {}, "finish_reason": "length"}]}"#, "[DONE]",
        ]
        try await withAPI(.body(events.map { "data: \($0)\n\n" }.joined(), type: "text/event-stream")) { api in
            var parts: [ChatCompletionPart] = []
            for try await part in try await api.client.chatCompletions.stream(request) { parts.append(part) }
            #expect(parts.map(\.text) == ["", "", "Rea", "dy.", ""])
            #expect(parts.map(\.finishReason) == [nil, nil, nil, nil, "length"])
            #expect(api.requests.first?.text.contains(#""stream":true"#) == true)
        }
    }

    @Test func tellsReasoningAndToolCallsFromText() async throws {
        let events = [
            #"{"choices": [{"delta": {"reasoning_content": "Hm."}}]}"#,
            #"{"choices": [{"delta": {"reasoning": "Hm.", "content": ""}}]}"#,
            #"{"choices": [{"delta": {"tool_calls": [{"index": 0, "function": {"name": "search"}}]}}]}"#,
            #"{"choices": [{"delta": {"function_call": {"name": "search"}}}]}"#,
            #"{"error": null, "choices": [{"delta": {"content": "Ready.", "tool_calls": []}, "finish_reason": "stop"}]}"#,
        ]
        try await withAPI(.body(events.map { "data: \($0)\n\n" }.joined(), type: "text/event-stream")) { api in
            let stream = try await api.client.chatCompletions.stream(request)
            #expect(!stream.isWhole)
            var parts: [ChatCompletionPart] = []
            for try await part in stream { parts.append(part) }
            #expect(parts.map(\.isReasoning) == [true, true, false, false, false])
            #expect(parts.map(\.callsTool) == [false, false, true, true, false])
            #expect(parts.map(\.text) == ["", "", "", "", "Ready."])
        }
    }

    @Test func readsTheWholeTextOfAServerThatDoesNotStream() async throws {
        let body = #"{"choices": [{"message": {"content": "Ready."}, "finish_reason": "stop"}]}"#
        try await withAPI(.body(body)) { api in
            let stream = try await api.client.chatCompletions.stream(request)
            #expect(stream.isWhole)
            var parts: [ChatCompletionPart] = []
            for try await part in stream { parts.append(part) }
            #expect(parts.map(\.text) == ["Ready."] && parts.first?.finishReason == "stop")
        }
    }

    @Test func refusesAPage() async throws {
        try await withAPI(.body("<html>", type: "text/html")) { api in
            let error = try await openAIError { _ = try await api.client.chatCompletions.stream(request) }
            #expect(error?.code == .malformedAnswer)
            #expect(error?.call == "POST /v1/chat/completions")
        }
    }

    @Test func aReaderThatLeavesEndsTheTransfer() async throws {
        let event = #"data: {"choices": [{"delta": {"content": "Rea"}}]}"# + "\n\n"
        let answer = ScriptedAnswer(
            bytes: "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 9999\r\n\r\n\(event)",
            waits: true
        )
        try await withAPI(answer) { api in
            for try await part in try await api.client.chatCompletions.stream(request) {
                #expect(part.text == "Rea")
                break
            }
            await api.isAbandoned.wait()
            #expect(api.requests.count == 1)
        }
    }

    @Test(arguments: [
        (#"data: {"error": {"message": "No room.", "type": "server_error"}}"#, OpenAIError.Code.serverError),
        (#"data: {"choices": [{"delta": {"content": "Rea"}}]}"#, .answerCutOff), ("data: <html>", .malformedAnswer),
    ])
    func aStreamThatDoesNotEndIsAnError(event: String, code: OpenAIError.Code) async throws {
        var answer = ScriptedAnswer.body("\(event)\n\n", type: "text/event-stream")
        answer.closes = true
        try await withAPI(answer) { api in
            let error = try await openAIError {
                for try await _ in try await api.client.chatCompletions.stream(request) {}
            }
            #expect(error?.code == code)
        }
    }

    @Test func aStreamMayEndWithoutAReason() async throws {
        let events = #"data: {"choices": [{"delta": {"content": "Ready."}}]}"# + "\n\ndata: [DONE]\n\n"
        try await withAPI(.body(events, type: "text/event-stream")) { api in
            var text = ""
            for try await part in try await api.client.chatCompletions.stream(request) { text += part.text }
            #expect(text == "Ready.")
        }
    }
}
