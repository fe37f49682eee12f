import HTTPClient
import OpenAI
import TestSupport
import Testing

@Suite struct StreamTests {
    private static let request = ResponseRequest(model: "m", input: [.user("Hi")])
    private static let started = WireSample.stream(WireSample.events.prefix(10))

    @Test func streamsAnAnswer() async throws {
        try await withAPI(.events(WireSample.stream(WireSample.events))) { api in
            let stream = try await api.client.responses.stream(Self.request)
            var text = ""
            var last: ResponseEvent?
            for try await event in stream {
                if case .outputTextDelta(let delta) = event { text += delta.text }
                last = event
            }
            #expect(stream.requestID == "req_1")
            #expect(text == "Returns are accepted for 30 days.")
            guard case .completed(let response) = last else {
                Issue.record("\(String(describing: last))")
                return
            }
            #expect(response.outputText == text)
        }
    }

    @Test func requestsAStream() async throws {
        try await withAPI(.events(WireSample.stream(WireSample.events))) { api in
            for try await _ in try await api.client.responses.stream(Self.request) {}
            let request = try #require(api.requests.first)
            #expect(request.line == "POST /v1/responses HTTP/1.1")
            #expect(request["accept"] == "text/event-stream")
            #expect(
                request.text == #"{"input":[{"content":"Hi","role":"user"}],"stream":true,"#
                    + #""stream_options":{"include_obfuscation":false},"model":"m"}"#
            )
        }
    }

    @Test func endsAfterTheTerminalEvent() async throws {
        let events = WireSample.stream(WireSample.events) + "data: [DONE]\n\n"
        // The server keeps the connection open, so that a wait for its end would not return.
        try await withAPI(.stallingEvents(events)) { api in
            var count = 0
            for try await _ in try await api.client.responses.stream(Self.request) { count += 1 }
            #expect(count == 16)
            await api.isAbandoned.wait()
        }
    }

    @Test func returnsEventsAsTheyArrive() async throws {
        try await withAPI(.stallingEvents(Self.started)) { api in
            var events = try await api.client.responses.stream(Self.request).makeAsyncIterator()
            for _ in 0..<10 { #expect(try await events.next() != nil) }
        }
    }

    @Test(arguments: [WireSample.flatError, WireSample.nestedError])
    func givesAnErrorAsTheLastEvent(_ error: String) async throws {
        let stream = Self.started + "event: error\ndata: \(error.onOneLine)\n\nevent: late\ndata: {}\n\n"
        try await withAPI(.events(stream)) { api in
            var last: ResponseEvent?
            for try await event in try await api.client.responses.stream(Self.request) { last = event }
            guard case .error(let error) = last else {
                Issue.record("\(String(describing: last))")
                return
            }
            #expect(error.code == .rateLimited)
            #expect(error.requestID == "req_1")
        }
    }

    @Test(arguments: [
        ScriptedAnswer.events(started), .cutOffEvents(started), .events(""), .cutOffEvents(""),
    ])
    func saysThatTheStreamBrokeOff(_ answer: ScriptedAnswer) async throws {
        try await withAPI(answer) { api in
            let error = try await openAIError {
                for try await _ in try await api.client.responses.stream(Self.request) {}
            }
            #expect(error?.code == .answerCutOff)
            #expect(error?.requestID == "req_1")
            #expect(api.requests.count == 1)
        }
    }

    @Test func reportsAStalledStream() async throws {
        try await withAPI(.stallingEvents(Self.started)) { configuration in
            configuration.timeouts.stall = .seconds(1)
        } _: { api in
            let error = try await openAIError {
                for try await _ in try await api.client.responses.stream(Self.request) {}
            }
            #expect(error?.code == .timedOut)
            #expect(api.requests.count == 1)
        }
    }

    @Test func hasNoTotalTimeout() async throws {
        try await withAPI(.stallingEvents(Self.started)) { configuration in
            configuration.timeouts.total = .milliseconds(50)
            configuration.timeouts.connect = .seconds(30)
            configuration.timeouts.stall = .seconds(1)
        } _: { api in
            let begin = ContinuousClock.now
            let error = try await openAIError {
                for try await _ in try await api.client.responses.stream(Self.request) {}
            }
            #expect(error?.code == .timedOut)
            #expect(ContinuousClock.now - begin > .milliseconds(500))
        }
    }

    @Test(arguments: [
        "data: {\"type\": \"response.output_text.delta\", \"delta\": \"x\n\n", "data: hello\n\n", "data: []\n\n",
        "data: {\"type\": \"response.completed\"}\n\n",
    ])
    func saysThatAnEventCannotBeRead(_ event: String) async throws {
        try await withAPI(.events(Self.started + event)) { api in
            var count = 0
            let error = try await openAIError {
                for try await _ in try await api.client.responses.stream(Self.request) { count += 1 }
            }
            #expect(count == 10)
            #expect(error?.code == .malformedAnswer)
            #expect(error?.requestID == "req_1")
        }
    }

    @Test(arguments: [ScriptedAnswer.page(status: 200), .body(WireSample.response)])
    func saysThatTheAnswerIsNoStream(_ answer: ScriptedAnswer) async throws {
        try await withAPI(answer) { api in
            let error = try await openAIError { _ = try await api.client.responses.stream(Self.request) }
            #expect(error?.code == .malformedAnswer)
            #expect(api.requests.count == 1)
        }
    }

    @Test func retriesUntilTheStreamBegins() async throws {
        let events = ScriptedAnswer.events(WireSample.stream(WireSample.events))
        try await withAPI(.error(429, headers: ["retry-after-ms": "20"]), .hangUp, events) { api in
            for try await _ in try await api.client.responses.stream(Self.request) {}
            #expect(api.requests.count == 3)
        }
    }

    @Test func endsTheTransferWhenTheReaderStops() async throws {
        try await withAPI(.stallingEvents(Self.started)) { api in
            for try await _ in try await api.client.responses.stream(Self.request) { break }
            await api.isAbandoned.wait()
        }
    }

    @Test func endsTheTransferWhenTheReaderIsCancelled() async throws {
        try await withAPI(.stallingEvents(Self.started)) { api in
            let error = try await withThrowingTaskGroup(of: OpenAIError?.self) { group in
                group.addTask { [client = api.client] in
                    try await openAIError { for try await _ in try await client.responses.stream(Self.request) {} }
                }
                await api.isWaiting.wait()
                group.cancelAll()
                return try await group.next() ?? nil
            }
            #expect(error?.code == .cancelled)
            await api.isAbandoned.wait()
        }
    }
}
