import OpenAI
import TestSupport
import Testing

@Suite struct RunTests {
    private static let request = RunRequest(assistantID: "asst_1")

    private static func refusal(_ message: String, status: Int = 400) -> ScriptedAnswer {
        .body(
            #"{"error": {"message": "\#(message)", "type": "invalid_request_error", "param": null, "code": null}}"#,
            status: status
        )
    }

    @Test(arguments: ["completed", "failed", "cancelled", "expired", "incomplete", "requires_action"])
    func waitsUntilARunHasEnded(_ status: String) async throws {
        try await withAPI(
            .body(WireSample.run()),
            .body(WireSample.run(status: "in_progress"), headers: ["openai-poll-after-ms": "250"]),
            .body(WireSample.run(status: "cancelling")),
            .body(WireSample.run(status: status))
        ) { api in
            let run = try await api.client.runs.wait(for: "run_1", of: "thread_1", timeout: .seconds(60))
            #expect(run.status.rawValue == status)
            #expect(api.clock.waits == [.seconds(1), .milliseconds(250), .seconds(1)])
            #expect(api.requests.allSatisfy { $0["openai-beta"] == "assistants=v2" })
        }
    }

    @Test func givesUpAtTheDeadline() async throws {
        let pending = ScriptedAnswer.body(WireSample.run(status: "in_progress"))
        try await withAPI(pending, pending, pending, pending) { api in
            let error = try await openAIError {
                _ = try await api.client.runs.wait(for: "run_1", of: "thread_1", timeout: .milliseconds(1_500))
            }
            #expect(error?.code == .deadlinePassed)
            #expect(api.clock.waits == [.seconds(1), .milliseconds(500)])
        }
    }

    @Test(arguments: [
        ("Can't add messages to thread_1 while a run run_A9 is active.", "run_A9"),
        ("Thread thread_1 already has an active run run_B8.", "run_B8"),
        ("Thread thread_1 already has an active run.", nil),
    ])
    func saysThatTheThreadIsBusy(_ message: String, _ runID: String?) async throws {
        try await withAPI(Self.refusal(message), Self.refusal(message)) { api in
            let refusedMessage = try await openAIError {
                try await api.client.messages.create(.user("Hi"), in: "thread_1")
            }
            let refusedRun = try await openAIError {
                _ = try await api.client.runs.stream(Self.request, in: "thread_1")
            }
            for error in [refusedMessage, refusedRun] {
                #expect(error?.code == .threadBusy)
                #expect(error?.activeRunID == runID)
            }
            #expect(api.requests.count == 2)
        }
    }

    @Test func keepsTheCodesOfOtherErrors() async throws {
        try await withAPI(Self.refusal("No run is active."), Self.refusal("It already has an active run", status: 404))
        {
            api in
            for code in [OpenAIError.Code.invalidRequest, .notFound] {
                let error = try await openAIError { _ = try await api.client.runs.create(Self.request, in: "thread_1") }
                #expect(error?.code == code)
                #expect(error?.activeRunID == nil)
            }
        }
    }

    @Test func acceptsTheCancellationOfARunThatHasEnded() async throws {
        let refusal = Self.refusal("Cannot cancel run with status 'completed'.")
        try await withAPI(refusal, .body(WireSample.run(status: "completed"))) { api in
            let run = try await api.client.runs.cancel("run_1", of: "thread_1")
            #expect(run.status == .completed)
            #expect(
                api.requests.map(\.line) == [
                    "POST /v1/threads/thread_1/runs/run_1/cancel HTTP/1.1",
                    "GET /v1/threads/thread_1/runs/run_1 HTTP/1.1",
                ]
            )
        }
    }

    @Test func reportsWhyARunCannotBeCancelled() async throws {
        try await withAPI(Self.refusal("No."), .body(WireSample.run(status: "in_progress"))) { api in
            let error = try await openAIError { try await api.client.runs.cancel("run_1", of: "thread_1") }
            #expect(error?.code == .invalidRequest)
        }
    }

    @Test func doesNotRetryARunWhoseResponseBrokeOff() async throws {
        try await withAPI(.cutOff, .body(WireSample.run())) { api in
            let error = try await openAIError { _ = try await api.client.runs.create(Self.request, in: "thread_1") }
            #expect(error?.code == .answerCutOff)
            #expect(api.requests.count == 1)
        }
    }
}
