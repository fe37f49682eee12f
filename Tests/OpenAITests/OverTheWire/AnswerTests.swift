import OpenAI
import TestSupport
import Testing

@Suite struct AnswerTests {
    @Test func readsAnErrorEnvelope() async throws {
        try await withAPI(.error(404)) { api in
            let error = try await openAIError { _ = try await api.client.files.retrieve("file-a1") }
            #expect(error?.code == .notFound)
            #expect(error?.status == 404)
            #expect(error?.apiType == "invalid_request_error")
            #expect(error?.requestID == "req_1")
            #expect(error?.upstreamMessage == "Said upstream.")
        }
    }

    @Test func describesTheFailedCallWithoutIDs() async throws {
        try await withAPI(.error(404), .error(400, code: "x"), .hangUp) { configuration in
            configuration.retry = RetryPolicy(maximumRetries: 0)
        } _: { api in
            let lost = try await openAIError { _ = try await api.client.vectorStores.file("file-secret", in: "vs_9") }
            #expect(lost?.call == "GET /v1/vector_stores/…/files/…")
            let refused = try await openAIError {
                _ = try await api.client.vectorStores.createBatch(of: [], in: "vs_9")
            }
            #expect(refused?.summary == "POST /v1/vector_stores/…/file_batches: 400 x, request req_1")
            let silent = try await openAIError { _ = try await api.client.files.delete("file-secret") }
            #expect(silent?.summary == "DELETE /v1/files/…")
        }
    }

    @Test(arguments: [200, 404])
    func doesNotTakeAPageForAnAnswer(_ status: Int) async throws {
        try await withAPI(.page(status: status)) { api in
            let error = try await openAIError { _ = try await api.client.files.retrieve("file-a1") }
            #expect(error?.code == .malformedAnswer)
            #expect(error?.status == status)
            #expect(api.requests.count == 1)
        }
    }

    @Test func retriesAGatewaysError() async throws {
        try await withAPI(.page(status: 502), .body(WireSample.file)) { api in
            let file = try await api.client.files.retrieve("file-a1")
            #expect(file.id == "file-a1")
        }
    }

    @Test func rejectsAnEmptyResponse() async throws {
        try await withAPI(.body("", type: nil)) { api in
            let error = try await openAIError { _ = try await api.client.files.retrieve("file-a1") }
            #expect(error?.code == .malformedAnswer)
        }
    }

    @Test func doesNotFollowARedirect() async throws {
        let redirect = ScriptedAnswer.body("", status: 302, headers: ["location": "http://127.0.0.1:9/"])
        try await withAPI(redirect) { api in
            let error = try await openAIError { _ = try await api.client.files.retrieve("file-a1") }
            #expect(error?.code == .malformedAnswer)
            #expect(error?.status == 302)
        }
    }

    @Test func returnsWhetherTheDeletedObjectExisted() async throws {
        try await withAPI(.body(#"{"id": "f", "deleted": true}"#), .error(404)) { api in
            let first = try await api.client.files.delete("f")
            let second = try await api.client.files.delete("f")
            #expect(first)
            #expect(!second)
        }
    }

    @Test func doesNotTakeAGateways404ForADeletion() async throws {
        try await withAPI(.page(status: 404)) { api in
            let error = try await openAIError { try await api.client.files.delete("f") }
            #expect(error?.code == .malformedAnswer)
        }
    }

    @Test func doesNotTakeARejectionForADeletion() async throws {
        try await withAPI(.body(#"{"id": "f", "deleted": false}"#)) { api in
            let error = try await openAIError { try await api.client.files.delete("f") }
            #expect(error?.code == .serverError)
        }
    }

    @Test func distinguishesALockedConversationFromABadRequest() async throws {
        try await withAPI(.error(400, code: "conversation_locked")) { api in
            let error = try await openAIError {
                _ = try await api.client.responses.create(ResponseRequest(model: "m", input: []))
            }
            #expect(error?.code == .conversationLocked)
            #expect(api.requests.count == 1)
        }
    }
}
