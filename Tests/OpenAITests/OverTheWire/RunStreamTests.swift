import OpenAI
import TestSupport
import Testing

@Suite struct RunStreamTests {
    private static let request = RunRequest(assistantID: "asst_1")
    private static let done = "event: done\ndata: [DONE]\n\n"
    private static let started = WireSample.stream(WireSample.runEvents.prefix(9))

    @Test func streamsAnAnswer() async throws {
        try await withAPI(.events(WireSample.stream(WireSample.runEvents) + Self.done)) { api in
            let stream = try await api.client.runs.stream(Self.request, in: "thread_1")
            var (text, cited, ended, unknown): (String, [String?], ThreadMessage?, [String]) = ("", [], nil, [])
            var last: RunEvent?
            for try await event in stream {
                switch event {
                case .messageDelta(let delta):
                    #expect(delta.messageID == "msg_a2" && delta.texts.map(\.index) == [0])
                    text += delta.texts.map(\.text.value).joined()
                    cited += delta.texts.flatMap(\.text.annotations).map(\.fileID)
                case .messageEnded(let message): ended = message
                case .other(let type): unknown.append(type)
                default: break
                }
                last = event
            }
            #expect(text == "Returns are accepted for 30 days【4:0†faq.md】.")
            #expect(cited == ["file-a1"])
            #expect(ended?.reading().text == "Returns are accepted for 30 days.")
            #expect(unknown.contains("thread.novel"))
            guard case .ended(let run) = last else {
                Issue.record("\(String(describing: last))")
                return
            }
            #expect(run.status == .completed)
            #expect(run.usage?.totalTokens == 2_068)
            #expect(stream.requestID == "req_1")
        }
    }

    @Test func requestsAStream() async throws {
        try await withAPI(.events(WireSample.stream(WireSample.runEvents))) { api in
            let include = [Include.runStepSearchContent]
            for try await _ in try await api.client.runs.stream(Self.request, in: "thread_1", include: include) {}
            let request = try #require(api.requests.first)
            #expect(
                request.line == "POST /v1/threads/thread_1/runs?include%5B%5D="
                    + "step_details.tool_calls%5B%2A%5D.file_search.results%5B%2A%5D.content HTTP/1.1"
            )
            #expect(request["accept"] == "text/event-stream")
            #expect(request["openai-beta"] == "assistants=v2")
            #expect(request.text == #"{"assistant_id":"asst_1","stream":true}"#)
        }
    }

    @Test(arguments: ["completed", "failed", "incomplete", "cancelled", "expired", "requires_action"])
    func endsWithTheRun(_ status: String) async throws {
        let end = [(type: "thread.run.\(status)", data: WireSample.run(status: status).onOneLine)]
        // The server keeps the connection open, so that a wait for its end would not return.
        try await withAPI(.stallingEvents(Self.started + WireSample.stream(end))) { api in
            var count = 0
            for try await _ in try await api.client.runs.stream(Self.request, in: "thread_1") { count += 1 }
            #expect(count == 10)
            await api.isAbandoned.wait()
        }
    }

    @Test(arguments: [
        #"{"code": "rate_limit_exceeded", "message": "m", "param": null, "type": "tokens"}"#,
        #"{"error": {"code": "rate_limit_exceeded", "message": "m", "param": null, "type": "tokens"}}"#,
    ])
    func givesAnErrorAsTheLastEvent(_ error: String) async throws {
        try await withAPI(.events(Self.started + "event: error\ndata: \(error)\n\n" + Self.done)) { api in
            var last: RunEvent?
            for try await event in try await api.client.runs.stream(Self.request, in: "thread_1") { last = event }
            guard case .error(let error) = last else {
                Issue.record("\(String(describing: last))")
                return
            }
            #expect(error.code == .rateLimited)
            #expect(error.requestID == "req_1")
        }
    }

    @Test(arguments: [
        ScriptedAnswer.events(started), .events(started + done), .cutOffEvents(started), .events(""), .events(done),
    ])
    func saysThatTheStreamBrokeOff(_ answer: ScriptedAnswer) async throws {
        try await withAPI(answer) { api in
            let error = try await openAIError {
                for try await _ in try await api.client.runs.stream(Self.request, in: "thread_1") {}
            }
            #expect(error?.code == .answerCutOff)
            #expect(error?.requestID == "req_1")
            #expect(api.requests.count == 1)
        }
    }

    @Test(arguments: [
        "event: thread.message.delta\ndata: hello\n\n", "event: thread.run.completed\ndata: {}\n\n",
        "event: error\ndata: [1]\n\n",
    ])
    func saysThatAnEventCannotBeRead(_ event: String) async throws {
        try await withAPI(.events(Self.started + event)) { api in
            let error = try await openAIError {
                for try await _ in try await api.client.runs.stream(Self.request, in: "thread_1") {}
            }
            #expect(error?.code == .malformedAnswer)
        }
    }
}
