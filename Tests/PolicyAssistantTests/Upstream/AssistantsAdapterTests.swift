import HTTPClient
import OpenAI
import TestSupport
import Testing

@testable import PolicyAssistant

/// Threads that are blocked by runs of earlier turns.
@Suite struct AssistantsAdapterTests {
    private let corpus = Corpus(
        revision: 1,
        vectorStoreID: "vs_1",
        assistantID: "asst_1",
        upstreamProtocol: .assistants,
        baseURL: "",
        instructionsSHA256: "",
        syncedAt: nil
    )

    private func withAdapter(
        _ script: @escaping ScriptedOpenAI.Script,
        _ body: (AssistantsAdapter, ScriptedOpenAI) async throws -> Void
    ) async throws {
        try await withScriptedOpenAI(script) { upstream in
            let http = try HTTPClient()
            let configuration = OpenAIConfiguration(baseURL: upstream.baseURL, apiKey: "sk-test")
            let adapter = AssistantsAdapter(
                openAI: try OpenAIClient(configuration: configuration, http: http),
                model: "gpt-6-luna",
                reasoningEffort: .none,
                configuredAssistantID: nil,
                patience: .milliseconds(50)
            )
            try await body(adapter, upstream)
            await http.shutdown()
        }
    }

    private func question(_ text: String, in thread: String) throws -> UpstreamQuestion {
        UpstreamQuestion(
            text: text,
            user: try UserID("ana"),
            threadID: thread,
            corpus: corpus,
            instructions: "Answer from the files."
        )
    }

    @Test func aRunThatDoesNotEndIsCancelledAfterAWhile() async throws {
        try await withAdapter { call in
            call.question == "Stuck" ? .response { $0.ending = .silent(Gate()) } : .usual
        } _: { adapter, upstream in
            let thread = try await adapter.makeThread(for: UserID("ana"), over: corpus, beginningWith: [])
            // Its listener stops without a cancellation, as a killed process does.
            for try await event in try await adapter.stream(question("Stuck", in: thread)) {
                if case .text = event { break }
            }
            let refused = await #expect(throws: OpenAIError.self) {
                _ = try await adapter.ask(question("And now?", in: thread))
            }
            #expect(refused?.code == .threadBusy)
            #expect(upstream.calls.count { $0.operation == .cancelRun } == 1)
            let answer = try await adapter.ask(question("And now?", in: thread))
            #expect(answer.text == ScriptedResponse.text(answering: "And now?"))
        }
    }

    @Test func aThreadThatGotNoStoreIsNotUsed() async throws {
        try await withAdapter { call in
            call.operation == .createConversation ? .reply(.json(#"{"id": "conv_9", "tool_resources": {}}"#)) : .usual
        } _: { adapter, upstream in
            let error = await #expect(throws: PolicyAssistantError.self) {
                _ = try await adapter.makeThread(for: UserID("ana"), over: corpus, beginningWith: [])
            }
            #expect(error?.code == .upstreamRefused)
            #expect(upstream.calls.last?.operation == .deleteConversation)
        }
    }
}
