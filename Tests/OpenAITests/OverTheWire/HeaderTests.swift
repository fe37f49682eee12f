import Foundation
import HTTPClient
import OpenAI
import TestSupport
import Testing

@Suite struct HeaderTests {
    @Test func saysWhoAsks() async throws {
        try await withAPI(.body(WireSample.file)) { configuration in
            configuration.organization = "org-1"
            configuration.project = "proj_1"
            configuration.userAgent = "policy-assistant/9.9"
        } _: { api in
            _ = try await api.client.files.retrieve("file-a1")
            let request = try #require(api.requests.first)
            #expect(request["authorization"] == "Bearer sk-test")
            #expect(request["openai-organization"] == "org-1")
            #expect(request["openai-project"] == "proj_1")
            #expect(request["user-agent"] == "policy-assistant/9.9")
        }
    }

    @Test func sendsTheKeyInTheHeaderThatIsConfigured() async throws {
        try await withAPI(.body(WireSample.file)) { configuration in
            configuration.apiKeyHeader = "api-key"
        } _: { api in
            _ = try await api.client.files.retrieve("file-a1")
            let request = try #require(api.requests.first)
            #expect(request["api-key"] == "sk-test")
            #expect(request["authorization"] == nil)
        }
    }

    @Test(arguments: ["", "api key", "api:key", "Authorization"])
    func refusesAHeaderThatCannotCarryTheKey(name: String) async throws {
        let configuration = OpenAIConfiguration(apiKey: "sk-test", apiKeyHeader: name)
        let http = try HTTPClient()
        let error = try await openAIError { _ = try OpenAIClient(configuration: configuration, http: http) }
        #expect(error?.code == .invalidConfiguration)
        await http.shutdown()
    }

    @Test func leavesOutWhatIsNotConfigured() async throws {
        try await withAPI(.body(WireSample.file)) { api in
            _ = try await api.client.files.retrieve("file-a1")
            let request = try #require(api.requests.first)
            #expect(request["openai-organization"] == nil)
            #expect(request["openai-project"] == nil)
            #expect(request["openai-beta"] == nil)
            #expect(request["idempotency-key"] == nil)
        }
    }

    @Test func givesEveryAttemptAnIDOfItsOwn() async throws {
        try await withAPI(.error(500), .body(WireSample.file)) { api in
            _ = try await api.client.files.retrieve("file-a1")
            let ids = api.requests.compactMap { $0["x-client-request-id"] }
            #expect(ids.count == 2)
            #expect(Set(ids).count == 2)
            #expect(ids.allSatisfy { !$0.isEmpty && $0.utf8.count <= 512 })
        }
    }

    @Test(arguments: [
        ("a/b", "/v1/files/a%2Fb"), ("../models", "/v1/files/..%2Fmodels"), ("a?limit=1", "/v1/files/a%3Flimit%3D1"),
        ("a#b", "/v1/files/a%23b"), ("a b+c%2F", "/v1/files/a%20b%2Bc%252F"), ("ä😀", "/v1/files/%C3%A4%F0%9F%98%80"),
        ("a\r\nx-evil: 1", "/v1/files/a%0D%0Ax-evil%3A%201"), ("file-A_1.~", "/v1/files/file-A_1.~"),
        ("...", "/v1/files/..."),
    ])
    func letsNoIDReshapeThePath(_ id: String, _ path: String) async throws {
        try await withAPI(.body(WireSample.file)) { api in
            _ = try await api.client.files.retrieve(id)
            #expect(api.requests.first?.line == "GET \(path) HTTP/1.1")
        }
    }

    @Test(arguments: ["", ".", ".."])
    func sendsNothingForAnIDThatIsNone(_ id: String) async throws {
        try await withAPI { api in
            let error = try await openAIError { try await api.client.vectorStores.delete(id) }
            #expect(error?.code == .invalidRequest)
            #expect(api.requests.isEmpty)
        }
    }

    @Test func encodesWhatGoesIntoAQuery() async throws {
        try await withAPI(.body(#"{"data": []}"#)) { api in
            _ = try await api.client.files.list(after: "a&b=c d")
            #expect(api.requests.first?.line == "GET /v1/files?after=a%26b%3Dc%20d HTTP/1.1")
        }
    }

    @Test func reachesAnAPIOverAUnixSocket() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/api.sock"
            try await withScriptedServer(at: .unixSocket(path: path)) { connection in
                let request = try await connection.request()
                #expect(request?["host"] == "localhost")
                try await connection.send(ScriptedAnswer.body(WireSample.file).bytes)
            } _: { _ in
                let configuration = OpenAIConfiguration(
                    baseURL: "http://localhost/v1",
                    apiKey: "sk",
                    unixSocketPath: path
                )
                let client = try OpenAIClient(configuration: configuration, http: HTTPClient())
                #expect(try await client.files.retrieve("file-a1").id == "file-a1")
            }
        }
    }
}
