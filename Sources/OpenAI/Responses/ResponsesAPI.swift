/// Answers of a model: `/responses`.
public struct ResponsesAPI: Sendable {
    let transport: Transport

    /// Asks a model, and returns its whole answer.
    ///
    /// Also a response that did not come about is returned: its ``Response/status`` and ``Response/failure`` tell.
    ///
    /// - Throws: ``OpenAIError``
    public func create(_ request: ResponseRequest) async throws(OpenAIError) -> Response {
        var call = try APICall.post("responses", json: request)
        call.repeatability = .untilAnswered
        return try await transport.value(call)
    }

    /// Asks a model, and returns its answer as it is made.
    ///
    /// - Returns: The events, once the API has accepted the request.
    /// - Throws: ``OpenAIError``
    public func stream(_ request: ResponseRequest) async throws(OpenAIError) -> ResponseStream {
        var call = try APICall.post("responses", json: StreamedResponseRequest(request: request))
        call.repeatability = .untilAnswered
        call.isStreamed = true
        return ResponseStream(try await transport.events(call))
    }

    /// A response made before, if it was stored.
    ///
    /// - Throws: ``OpenAIError``
    public func retrieve(_ id: String, include: [Include] = []) async throws(OpenAIError) -> Response {
        try await transport.value(.get("responses", id, query: .include(include)))
    }

    /// Deletes a stored response.
    ///
    /// - Returns: Whether it was still there.
    /// - Throws: ``OpenAIError``
    @discardableResult
    public func delete(_ id: String) async throws(OpenAIError) -> Bool {
        try await transport.delete(.delete("responses", id))
    }
}
