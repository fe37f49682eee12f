internal import Evaluation
internal import FoundationEssentials
internal import HTTPClient
internal import HTTPTypes

/// Asks a remote policy assistant over its HTTP API.
struct ServiceAnswerSource: AnswerSource {
    let http: HTTPClient
    /// The service's URL without a trailing slash.
    let url: String
    /// The API key or token.
    let apiKey: String?
    var clock: any Clock<Duration> = ContinuousClock()

    /// The maximum number of attempts of a request while the service is busy.
    private static let maximumAttempts = 6
    /// The maximum time between two attempts in seconds.
    private static let maximumWait = 60
    /// The maximum size of a response in bytes.
    private static let maximumBytes = 32 << 20

    func documents() async throws -> [EvaluatedDocument] {
        let files: Files = try await decoded(try await send(.get, "/files"))
        guard !files.files.isEmpty else {
            throw AskingError(code: "not_synced", message: "The service has no documents yet.")
        }
        return files.files.map { EvaluatedDocument(path: $0.filename, fileID: $0.fileID) }
    }

    func answer(_ message: String, by user: String) async throws -> GivenAnswer {
        let body = try JSONEncoder().encode(["user_id": user, "message": message])
        let answer: Answer = try await decoded(try await send(.post, "/chat", Array(body)))
        let citations = answer.citations.map { citation in
            GivenAnswer.Citation(
                document: EvaluatedDocument(path: citation.filename, fileID: citation.fileID),
                quote: citation.quote
            )
        }
        return GivenAnswer(text: answer.answer, citations: citations, confidence: answer.confidence)
    }

    func forget(_ user: String) async -> AskingError? {
        // An unstructured task, which is not cancelled with the evaluation.
        await Task {
            do {
                _ = try await send(.delete, "/threads/\(user)")
            } catch let error as AskingError where error.code != "thread_not_found" {
                return error
            } catch {}
            return nil
        }.value
    }

    func texts(of document: EvaluatedDocument) async throws -> [String] {
        var texts: [String] = []
        for type in ["text/plain", "text/markdown"] {
            let body = try? await send(.get, "/files/\(document.fileID)/content", accepting: type)
            if let body { texts.append(String(decoding: body, as: UTF8.self)) }
        }
        return texts
    }

    /// Sends a request, and retries it while the service is busy.
    private func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: [UInt8]? = nil,
        accepting type: String = "application/json"
    ) async throws -> [UInt8] {
        var headers: HTTPFields = [.accept: type]
        if let apiKey { headers[.authorization] = "Bearer \(apiKey)" }
        if body != nil { headers[.contentType] = "application/json" }
        guard let head = HTTPRequest(method, url: url + path, headers: headers) else {
            throw AskingError(code: "invalid_url", message: "The service's URL has no host.")
        }
        let request = HTTPClientRequest(head, body: body.map { .bytes($0) } ?? .none)
        for attempt in 1... {
            let response: (head: HTTPResponse, body: [UInt8])
            do {
                let reply = try await http.execute(request)
                response = (reply.head, try await reply.body.collect(upTo: Self.maximumBytes))
            } catch {
                guard error.code != .cancelled else { throw CancellationError() }
                throw AskingError(code: "service_unavailable", message: "The service cannot be asked: \(error.detail).")
            }
            if (200..<300).contains(response.head.status.code) { return response.body }
            let isBusy = [429, 503].contains(response.head.status.code)
            guard isBusy, attempt < Self.maximumAttempts,
                let wait = response.head.headerFields[.retryAfter].flatMap(Int.init), wait >= 0
            else { throw error(of: response.head, response.body) }
            try await clock.sleep(for: .seconds(min(max(wait, 1), Self.maximumWait)))
        }
        throw CancellationError()
    }

    private func error(of head: HTTPResponse, _ body: [UInt8]) -> AskingError {
        guard let problem = try? JSONDecoder().decode(Problem.self, from: Data(body)) else {
            return AskingError(
                code: "status_\(head.status.code)",
                message: "The service responds with status \(head.status.code)."
            )
        }
        return AskingError(code: problem.code, message: problem.detail)
    }

    private func decoded<Value: Decodable>(_ body: [UInt8]) async throws -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(body))
        } catch {
            throw AskingError(
                code: "not_a_policy_assistant",
                message: "The service at this URL is not a policy assistant: its JSON has another form."
            )
        }
    }

    private struct Files: Decodable {
        struct File: Decodable {
            let filename: String
            let fileID: String

            private enum CodingKeys: String, CodingKey {
                case filename
                case fileID = "file_id"
            }
        }

        let files: [File]
    }

    private struct Answer: Decodable {
        struct Citation: Decodable {
            let fileID: String
            let filename: String
            let quote: String

            private enum CodingKeys: String, CodingKey {
                case filename, quote
                case fileID = "file_id"
            }
        }

        let answer: String
        let citations: [Citation]
        let confidence: String?
    }

    private struct Problem: Decodable {
        let code: String
        let detail: String
    }
}
