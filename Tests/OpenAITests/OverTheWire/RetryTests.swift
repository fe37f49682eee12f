import HTTPClient
import OpenAI
import TestSupport
import Testing

@Suite struct RetryTests {
    @Test func waitsForThePauseThatTheServerAsksFor() async throws {
        try await withAPI(.error(429, headers: ["retry-after-ms": "20"]), .body(WireSample.file)) { api in
            _ = try await api.client.files.retrieve("file-a1")
            #expect(api.clock.waits == [.milliseconds(20)])
        }
    }

    @Test func givesUpAfterTwoRetries() async throws {
        try await withAPI(.error(500), .error(502), .error(503), .body(WireSample.file)) { api in
            let error = try await openAIError { _ = try await api.client.files.retrieve("file-a1") }
            #expect(error?.code == .overloaded)
            #expect(error?.status == 503)
            #expect(api.requests.count == 3)
            #expect(api.clock.waits == [.milliseconds(500), .seconds(1)])
        }
    }

    @Test func doesNotRetryAnExhaustedQuota() async throws {
        try await withAPI(.error(429, code: "insufficient_quota"), .body(WireSample.file)) { api in
            let error = try await openAIError { _ = try await api.client.files.retrieve("file-a1") }
            #expect(error?.code == .quotaExhausted)
            #expect(api.requests.count == 1)
        }
    }

    @Test func doesNotRetryAfterALongPause() async throws {
        try await withAPI(.error(429, headers: ["retry-after": "121"]), .body(WireSample.file)) { api in
            let error = try await openAIError { _ = try await api.client.files.retrieve("file-a1") }
            #expect(error?.code == .rateLimited)
            #expect(error?.retryAfter == .seconds(121))
            #expect(api.requests.count == 1)
        }
    }

    @Test func obeysAServerThatAsksForNoRetry() async throws {
        try await withAPI(.error(503, headers: ["x-should-retry": "false"]), .body(WireSample.file)) { api in
            let error = try await openAIError { _ = try await api.client.files.retrieve("file-a1") }
            #expect(error?.code == .overloaded)
            #expect(api.requests.count == 1)
        }
    }

    @Test func retriesWhenTheConnectionEndsWithoutAResponse() async throws {
        try await withAPI(.hangUp, .body(WireSample.response)) { api in
            let response = try await api.client.responses.create(ResponseRequest(model: "m", input: []))
            #expect(response.id == "resp_1")
            #expect(api.requests.count == 2)
        }
    }

    @Test func retriesAfterAResponseThatBrokeOff() async throws {
        try await withAPI(.cutOff, .body(WireSample.file)) { api in
            let file = try await api.client.files.retrieve("file-a1")
            #expect(file.id == "file-a1")
            #expect(api.requests.count == 2)
        }
    }

    @Test func doesNotRetryAModelsResponseThatBrokeOff() async throws {
        try await withAPI(.cutOff, .body(WireSample.response)) { api in
            let error = try await openAIError {
                _ = try await api.client.responses.create(ResponseRequest(model: "m", input: []))
            }
            #expect(error?.code == .answerCutOff)
            #expect(api.requests.count == 1)
        }
    }

    @Test func retriesAfterATimeout() async throws {
        // On a busy machine the second attempt, too, may be late.
        try await withAPI(.silence, .body(WireSample.file), .body(WireSample.file)) { configuration in
            configuration.timeouts.total = .milliseconds(500)
        } _: { api in
            let file = try await api.client.files.retrieve("file-a1")
            #expect(file.id == "file-a1")
            #expect(api.requests.count >= 2)
        }
    }

    @Test func reportsATimeout() async throws {
        try await withAPI(.silence) { configuration in
            configuration.timeouts.total = .milliseconds(100)
            configuration.retry.maximumRetries = 0
        } _: { api in
            let error = try await openAIError { _ = try await api.client.files.retrieve("file-a1") }
            #expect(error?.code == .timedOut)
        }
    }

    @Test func reportsAnUnreachableServer() async throws {
        try await withAPI { configuration in
            // Port 9 of this machine, discard, has no server.
            configuration.baseURL = "http://127.0.0.1:9/v1"
        } _: { api in
            let error = try await openAIError { _ = try await api.client.files.retrieve("file-a1") }
            #expect(error?.code == .unreachable)
            #expect(api.clock.waits.count == 2)
        }
    }

    @Test func endsAtOnceWhenCancelled() async throws {
        try await withAPI(.silence) { api in
            let error = try await withThrowingTaskGroup(of: OpenAIError?.self) { group in
                group.addTask { [client = api.client] in
                    try await openAIError { _ = try await client.files.retrieve("file-a1") }
                }
                await api.isWaiting.wait()
                group.cancelAll()
                return try await group.next() ?? nil
            }
            #expect(error?.code == .cancelled)
            await api.isAbandoned.wait()
            #expect(api.requests.count == 1)
        }
    }
}
