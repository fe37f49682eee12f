import OpenAI
import TestSupport
import Testing

@Suite struct WaitingTests {
    private static func file(_ status: String, pace: String? = nil) -> ScriptedAnswer {
        .body(
            #"{"id": "file-a1", "vector_store_id": "vs_1", "status": "\#(status)"}"#,
            headers: pace.map { ["openai-poll-after-ms": $0] } ?? [:]
        )
    }

    private static func batch(inProgress: Int, total: Int) -> ScriptedAnswer {
        .body(
            """
            {"id": "vsfb_1", "vector_store_id": "vs_1", "status": "in_progress",
             "file_counts": {"in_progress": \(inProgress), "total": \(total)}}
            """
        )
    }

    @Test(arguments: [IndexingStatus.completed, .failed, .cancelled])
    func waitsUntilAFileIsSettled(_ status: IndexingStatus) async throws {
        try await withAPI(Self.file("in_progress"), Self.file("novel"), Self.file(status.rawValue)) { api in
            let file = try await api.client.vectorStores.waitForFile("file-a1", in: "vs_1", timeout: .seconds(60))
            #expect(file.status == status)
            #expect(api.clock.waits == [.seconds(1), .seconds(1)])
            #expect(api.requests.last?.line == "GET /v1/vector_stores/vs_1/files/file-a1 HTTP/1.1")
            #expect(api.requests.last?["x-stainless-poll-helper"] == "true")
        }
    }

    @Test func pollsAtTheServersInterval() async throws {
        try await withAPI(
            Self.file("in_progress", pace: "250"),
            Self.file("in_progress", pace: "0"),
            Self.file("in_progress", pace: "soon"),
            Self.file("completed")
        ) { api in
            _ = try await api.client.vectorStores.waitForFile(
                "file-a1",
                in: "vs_1",
                timeout: .seconds(60),
                interval: .seconds(2)
            )
            #expect(api.clock.waits == [.milliseconds(250), .milliseconds(100), .seconds(2)])
        }
    }

    @Test func givesUpAtTheDeadline() async throws {
        let pending = Self.file("in_progress", pace: "2000")
        try await withAPI(pending, pending, pending, pending) { api in
            let error = try await openAIError {
                _ = try await api.client.vectorStores.waitForFile("file-a1", in: "vs_1", timeout: .seconds(3))
            }
            #expect(error?.code == .deadlinePassed)
            #expect(api.clock.waits == [.seconds(2), .seconds(1)])
            #expect(api.requests.count == 2)
        }
    }

    @Test func doesNotWaitForARetryBeyondTheDeadline() async throws {
        try await withAPI(.error(429, headers: ["retry-after": "30"]), Self.file("completed")) { api in
            let error = try await openAIError {
                _ = try await api.client.vectorStores.waitForFile("file-a1", in: "vs_1", timeout: .seconds(3))
            }
            #expect(error?.code == .rateLimited)
            #expect(api.clock.waits.isEmpty)
        }
    }

    @Test func limitsTheTransferByTheDeadline() async throws {
        try await withAPI(.silence) { configuration in
            configuration.retry.maximumRetries = 0
        } _: { api in
            let begin = ContinuousClock.now
            let error = try await openAIError {
                _ = try await api.client.vectorStores.waitForFile(
                    "file-a1",
                    in: "vs_1",
                    timeout: .milliseconds(200)
                )
            }
            #expect(error != nil)
            #expect(ContinuousClock.now - begin < .seconds(60))
        }
    }

    @Test func pollsAFileThatIsNotFoundYet() async throws {
        try await withAPI(.error(404), .error(404), Self.file("completed")) { api in
            let file = try await api.client.vectorStores.waitForFile("file-a1", in: "vs_1", timeout: .seconds(60))
            #expect(file.status == .completed)
            #expect(api.clock.waits == [.milliseconds(500), .seconds(1)])
        }
    }

    @Test func givesUpOnAFileThatIsNotFound() async throws {
        let missing = ScriptedAnswer.error(404)
        try await withAPI(missing, missing, missing, missing, missing, missing, missing) { api in
            let error = try await openAIError {
                _ = try await api.client.vectorStores.waitForFile("file-a1", in: "vs_1", timeout: .seconds(60))
            }
            #expect(error?.code == .notFound)
            #expect(api.requests.count == 6)
            #expect(api.clock.waits.reduce(.zero, +) == .seconds(10))
        }
    }

    @Test func reportsARemovedFileAtOnce() async throws {
        try await withAPI(Self.file("in_progress"), .error(404), Self.file("completed")) { api in
            let error = try await openAIError {
                _ = try await api.client.vectorStores.waitForFile("file-a1", in: "vs_1", timeout: .seconds(60))
            }
            #expect(error?.code == .notFound)
            #expect(api.requests.count == 2)
        }
    }

    @Test func waitsUntilNoFileOfABatchIsInProgress() async throws {
        let answers = [(0, 0), (2, 2), (1, 2), (0, 2)].map { Self.batch(inProgress: $0.0, total: $0.1) }
        try await withAPI(answers[0], answers[1], answers[2], answers[3]) { api in
            let batch = try await api.client.vectorStores.waitForBatch("vsfb_1", in: "vs_1", timeout: .seconds(60))
            #expect(batch.isSettled)
            #expect(api.requests.count == 4)
            #expect(api.requests.last?.line == "GET /v1/vector_stores/vs_1/file_batches/vsfb_1 HTTP/1.1")
        }
    }
}
