internal import Evaluation
internal import Foundation
internal import HTTPClient
internal import OpenAI
internal import PolicyAssistant

extension Evaluate {
    /// Runs `body` with the source of answers and its name.
    func withSource<Value: Sendable>(
        _ body: @escaping @Sendable (_ source: any AnswerSource, _ name: String) async throws -> Value
    ) async throws -> Value {
        guard let url else {
            let settings = try await options.settings(for: [.redis, .upstream, .instructions])
            let name =
                switch settings.upstream {
                case .embedded: "the embedded engine"
                case .remote(let upstream): "\(settings.model) at \(upstream.baseURL)"
                }
            return try await Runtime.with(settings) { runtime in
                try await body(AssistantAnswerSource(assistant: runtime.assistant), name)
            }
        }
        let settings = try await options.settings(for: [])
        let http = try HTTPClient(
            configuration: .init(
                trustRootsFile: settings.trustRootsFile,
                trustRootsDirectories: settings.trustRootsDirectories
            )
        )
        let key = apiKey ?? ProcessInfo.processInfo.environment["POLICY_ASSISTANT_API_KEY"]
        let base = String(url.reversed().drop { $0 == "/" }.reversed())
        return try await closing {
            try await body(ServiceAnswerSource(http: http, url: base, apiKey: key), base)
        } finally: {
            await http.shutdown()
        }
    }
}
