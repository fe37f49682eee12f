import HTTPClient
import OpenAI
import Synchronization
import TestSupport
import Testing

@Suite struct AttemptTests {
    @Test func reportsEveryAttemptWithoutAnyID() async throws {
        let attempts = Attempts()
        try await withAPI(.error(503), .body(WireSample.file), .page(status: 200)) { configuration in
            configuration.onAttempt = attempts.add
        } _: { api in
            _ = try await api.client.files.retrieve("file-secret")
            let error = try await openAIError {
                _ = try await api.client.vectorStores.file("file-secret", in: "vs_secret")
            }
            #expect(error?.code == .malformedAnswer)
        }
        let made = attempts.made.withLock { $0 }
        let operations = ["GET files/{id}", "GET files/{id}", "GET vector_stores/{id}/files/{id}"]
        #expect(made.map(\.operation) == operations)
        #expect(made.map(\.failure) == [.overloaded, nil, .malformedAnswer])
    }

    private final class Attempts: Sendable {
        let made = Mutex<[OpenAIAttempt]>([])

        func add(_ attempt: OpenAIAttempt) {
            made.withLock { $0.append(attempt) }
        }
    }
}
