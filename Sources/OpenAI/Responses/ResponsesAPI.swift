/// Answers of a model: `/responses`.
public struct ResponsesAPI: Sendable {
    let transport: Transport
    let encoder: ResponseRequestEncoder

    /// Asks a model, and returns its whole answer.
    ///
    /// Also a response that did not come about is returned: its ``Response/status`` and ``Response/failure`` tell.
    ///
    /// - Throws: ``OpenAIError``
    public func create(_ request: ResponseRequest) async throws(OpenAIError) -> Response {
        try await transport.value(call(request, isStreamed: false))
    }

    /// Asks a model, and returns its answer as it is made.
    ///
    /// - Returns: The events, once the API has accepted the request.
    /// - Throws: ``OpenAIError``
    public func stream(_ request: ResponseRequest) async throws(OpenAIError) -> ResponseStream {
        ResponseStream(try await transport.events(call(request, isStreamed: true)))
    }

    private func call(_ request: ResponseRequest, isStreamed: Bool) throws(OpenAIError) -> APICall {
        var call = APICall.post("responses", json: try encoder.encode(request, isStreamed: isStreamed))
        call.repeatability = .untilAnswered
        call.isStreamed = isStreamed
        return call
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
