import ChatCompletions
import HTTPClient
import TestSupport
import Testing

@Suite struct ChatCompletionsClientTests {
    private static func read(
        _ reply: ScriptedReply,
        key: String? = nil,
        _ check: (ScriptedModel) -> Void = { _ in }
    ) async throws -> [ChatCompletionEvent] {
        try await withScriptedModel { _ in
            reply
        } _: { model in
            let http = try HTTPClient()
            let client = try ChatCompletionsClient(
                configuration: .init(baseURL: model.baseURL + "/", model: "m", apiKey: key),
                http: http
            )
            var events: [ChatCompletionEvent] = []
            for try await event in try await client.stream([.init(.user, "x")], maximumTokens: 7) {
                events.append(event)
            }
            check(model)
            await http.shutdown()
            return events
        }
    }

    @Test func readsTheTextAndItsEnd() async throws {
        let events = try await Self.read(.written("one two"), key: "secret") { model in
            #expect(model.calls.map(\.maximumTokens) == [7])
            #expect(model.calls.map(\.authorization) == ["Bearer secret"])
            #expect(model.calls.first?.messages.map(\.content) == ["x"])
        }
        #expect(events == [.text("one"), .text(" two"), .finished(.stop)])
    }

    @Test func readsWhatOtherServersSend() async throws {
        let whole = #"{"choices":[{"message":{"role":"assistant","content":"whole"},"finish_reason":"stop"}]}"#
        #expect(try await Self.read(.json(whole)) == [.text("whole"), .finished(.stop)])
        let parts: [ModelPart] = [
            .raw(": comment\r\n\r\ndata:{\"choices\":[]}\r\n\r\n"), .delta(#"{"role":"assistant","content":null}"#),
            .delta(#"{"reasoning":"hm"}"#), .delta(#"{"tool_calls":[{}]}"#), .text("a"), .raw("data: [DONE]\n\n"),
        ]
        #expect(try await Self.read(.model(parts)) == [.reasoning, .toolCall, .text("a"), .finished(.stop)])
        #expect(try await Self.read(.model([.finish("length")])) == [.finished(.length)])
        #expect(try await Self.read(.model([.finish("content_filter")])) == [.finished(.other)])
    }

    @Test(arguments: [
        (ScriptedReply.hangUp, ChatCompletionError.Code.unreachable),
        (.model([.text("a")]), .cutOff), (.error(429), .refused), (.page(status: 200), .malformed),
        (.json("{}"), .cutOff), (.json("["), .malformed), (.model([.raw("data: {\"error\":\"x\"}\n")]), .refused),
        (.model([.raw("data: " + String(repeating: "x", count: 2 << 20))]), .malformed),
    ])
    func failsWithACode(_ reply: ScriptedReply, code: ChatCompletionError.Code) async throws {
        let error = await #expect(throws: ChatCompletionError.self) { try await Self.read(reply) }
        #expect(error?.code == code)
    }

    @Test(arguments: [
        "", "ftp://host/v1", "host:8000", "http://user:secret@host/v1", "http://host/v1?x=1",
        "http://host/v1/chat/completions",
        "http://host:99999/v1",
    ])
    func refusesURLsThatCannotBeUsed(url: String) throws {
        let error = #expect(throws: ChatCompletionError.self) {
            try ChatCompletionsConfiguration(baseURL: url, model: "m").validate()
        }
        #expect(error?.code == .invalidConfiguration && error?.detail.contains("secret") == false)
    }

    @Test func showsNoKey() throws {
        let configuration = ChatCompletionsConfiguration(baseURL: "http://h/v1", model: "m", apiKey: "hunter2")
        var text = ""
        dump(configuration, to: &text)
        dump(try ChatCompletionsClient(configuration: configuration, http: try HTTPClient()), to: &text)
        #expect(!(text + "\(configuration)").contains("hunter2"))
        #expect(throws: ChatCompletionError.self) {
            try ChatCompletionsConfiguration(baseURL: "http://h/v1", model: "m", apiKey: "a b").validate()
        }
    }
}
