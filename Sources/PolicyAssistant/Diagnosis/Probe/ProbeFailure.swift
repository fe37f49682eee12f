internal import OpenAI

/// Why a check of a probe failed.
enum ProbeFailure: Error {
    /// The server answered, but not with what was asked for.
    case unexpected(String)
    /// Nothing came in time.
    case late(Duration)
    /// No list has objects of this kind.
    case unlisted

    /// Says for an operator what came.
    static func words(for error: any Error) -> String {
        switch error {
        case ProbeFailure.unexpected(let text): text
        case ProbeFailure.late(let limit): "no complete answer within \(limit.milliseconds) ms"
        case let error as OpenAIError: words(for: error)
        case let error as PolicyAssistantError: error.message
        default: "\(error)"
        }
    }

    private static func words(for error: OpenAIError) -> String {
        let isAnswered = error.status.map { $0 >= 300 } ?? false
        let message: String? =
            switch error.code {
            case .malformedAnswer where !isAnswered: "the answer is not the API's, but for example a web page"
            // The status says it.
            case .notFound, .malformedAnswer, .invalidRequest, .serverError: isAnswered ? nil : error.message
            case .unauthorized: "the server refuses the API key; set PROBE_API_KEY"
            // The messages name the usual upstream.
            default: error.message.replacing("OpenAI service", with: "server")
            }
        var call = error
        call.requestID = nil
        let words = error.operatorMessage.map { "it says: \($0)" }
        return [message, call.summary, words].compactMap(\.self).map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
            .joined(separator: "; ")
    }
}

/// Runs `body`, and cancels it at the limit.
///
/// - Throws: The error of `body`; ``ProbeFailure/late(_:)`` at the limit.
func withTimeLimit<Value: Sendable>(
    _ limit: Duration,
    _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() ?? nil else { throw ProbeFailure.late(limit) }
        return value
    }
}
