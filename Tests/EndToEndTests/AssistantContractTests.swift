import Foundation
import HTTPClient
import OpenAI
import TestSupport
import Testing

/// The older protocol, spoken by the product's own client to the engine, through the proxy.
@Suite struct AssistantContractTests {
    @Test(.needsContract) func clientAndEngineKeepToTheContract() async throws {
        let contract = try #require(Contract.here)
        try await withInstallation { installation, _ in
            try await installation.servingEngine { port in
                try await contract.withProxy(before: .port(port)) { proxy in
                    let http = try HTTPClient()
                    let configuration = OpenAIConfiguration(baseURL: proxy.baseURL, apiKey: "sk-local")
                    try await converse(try OpenAIClient(configuration: configuration, http: http))
                    await http.shutdown()
                    let report = try await proxy.report()
                    #expect(report.operations["POST /threads/{thread_id}/runs"] == 3)
                    #expect(report.operations["POST /threads/{thread_id}/runs/{run_id}/cancel"] == 1)
                    #expect(report.operations["GET /threads/{thread_id}/runs/{run_id}/steps"] == 1)
                }
            }
        }
    }

    private func converse(_ client: OpenAIClient) async throws {
        let (store, fileID) = try await store(client)
        var settings = AssistantRequest(model: "gpt-6-luna", instructions: "Answer from the files.")
        settings.name = "Policies"
        settings.tools = [.fileSearch(maximumResults: 8)]
        settings.vectorStoreIDs = [store]
        settings.metadata = ["made_by": "test"]
        let assistant = try await client.assistants.create(settings)
        var change = AssistantRequest()
        change.instructions = "Answer from the files alone."
        try await client.assistants.update(assistant.id, change)
        #expect(try await client.assistants.retrieve(assistant.id).instructions == change.instructions)
        #expect(try await client.assistants.all().collect().map(\.vectorStoreIDs) == [[store]])

        let thread = try await client.threads.create(metadata: ["user": "u1"])
        #expect(try await client.threads.retrieve(thread.id).metadata == ["user": "u1"])
        try await client.messages.create(.user("How many days of annual leave do I get?"), in: thread.id)
        let run = try await client.runs.create(RunRequest(assistantID: assistant.id), in: thread.id)
        let ended = try await client.runs.wait(for: run.id, of: thread.id, timeout: .seconds(60))
        #expect(ended.status == .completed)
        #expect(ended.usage?.totalTokens ?? 0 > 0)
        try await expectAnswer(client, of: ended, from: fileID)
        #expect(try await client.runs.cancel(run.id, of: thread.id).status == .completed)

        let streamed = try await stream(client, assistant.id, thread.id)
        #expect(streamed.reading().text.contains("27 days"))
        #expect(
            try await client.messages.all(of: thread.id, order: .ascending).collect().map(\.role) == [
                .user, .assistant, .user, .assistant,
            ]
        )
        try await refuse(client, assistant.id, thread.id)

        #expect(try await client.threads.delete(thread.id))
        #expect(try await !client.threads.delete(thread.id))
        #expect(try await client.assistants.delete(assistant.id))
    }

    private func store(_ client: OpenAIClient) async throws -> (id: String, fileID: String) {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/annual-leave.md"
            try Documents.leave(days: 27).write(toFile: path, atomically: true, encoding: .utf8)
            let file = try await client.files.upload(path: path, filename: "annual-leave.md")
            let store = try await client.vectorStores.create(name: "policies")
            _ = try await client.vectorStores.attach(file.id, to: store.id)
            _ = try await client.vectorStores.waitForFile(file.id, in: store.id, timeout: .seconds(60))
            return (store.id, file.id)
        }
    }

    private func expectAnswer(_ client: OpenAIClient, of run: Run, from fileID: String) async throws {
        let messages = try await client.messages.all(of: run.threadID, runID: run.id).collect()
        try #require(messages.count == 1)
        let reading = messages[0].reading()
        #expect(reading.text.contains("27 days"))
        #expect(!reading.text.contains("【"))
        #expect(Set(reading.citations.map(\.fileID)) == [fileID])
        let steps = client.runs.steps(of: run.id, in: run.threadID, include: [.runStepSearchContent])
        guard case .toolCalls(let found) = try await steps.collect().first?.work else {
            Issue.record("the first step is no search")
            return
        }
        #expect(found.contains { $0.fileID == fileID && $0.text.contains("27") })
    }

    /// Asks in a stream; the message as it was when whole.
    private func stream(_ client: OpenAIClient, _ assistant: String, _ thread: String) async throws -> ThreadMessage {
        let question = InputMessage.user("And how many days of annual leave is that?")
        let request = RunRequest(assistantID: assistant, additionalMessages: [question])
        var (text, message, last): (String, ThreadMessage?, RunEvent?) = ("", nil, nil)
        var found: [FileSearchResult] = []
        let include = [Include.runStepSearchContent]
        for try await event in try await client.runs.stream(request, in: thread, include: include) {
            if case .stepEnded(let step) = event, case .toolCalls(let results) = step.work { found += results }
            if case .messageDelta(let delta) = event { text += delta.texts.map(\.text.value).joined() }
            if case .messageEnded(let ended) = event { message = ended }
            last = event
        }
        guard case .ended(let run) = last else { throw OpenAIError(.answerCutOff) }
        #expect(run.status == .completed)
        #expect(found.contains { $0.text.contains("27 days") })
        let whole = try #require(message)
        #expect(AnnotatedText(value: text).withoutMarks().text == whole.reading().text)
        return whole
    }

    /// While a run is active, or was so fast that it is over, the thread takes no other.
    private func refuse(_ client: OpenAIClient, _ assistant: String, _ thread: String) async throws {
        let run = try await client.runs.create(RunRequest(assistantID: assistant), in: thread)
        do {
            try await client.messages.create(.user("Hello?"), in: thread)
        } catch {
            #expect(error.code == .threadBusy)
            #expect(error.activeRunID == run.id)
        }
        _ = try await client.runs.wait(for: run.id, of: thread, timeout: .seconds(60))
    }
}
