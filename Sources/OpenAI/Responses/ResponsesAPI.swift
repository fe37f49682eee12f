/// The events of a response.
public typealias ResponseStream = EventStream<ResponseEvent>

/// Responses of a model: `/responses`.
public struct ResponsesAPI: Sendable {
    let transport: Transport
    let encoder: ResponseRequestEncoder

    /// Creates a response, and returns it when it has ended.
    ///
    /// A failed response is returned as well: see its ``Response/status`` and ``Response/failure``.
    public func create(_ request: ResponseRequest) async throws(OpenAIError) -> Response {
        try await transport.value(call(request, isStreamed: false))
    }

    /// Creates a response, and returns its events as they happen.
    ///
    /// If the stream breaks off, the response may be complete all the same, which ``retrieve(_:include:)`` shows.
    ///
    /// - Returns: The events, once the API has accepted the request.
    public func stream(_ request: ResponseRequest) async throws(OpenAIError) -> ResponseStream {
        ResponseStream(try await transport.events(call(request, isStreamed: true))) { raw, requestID in
            let event = try WireJSON.decode(ResponseEvent.self, from: raw.data.utf8)
            guard case .error(let error) = event else { return (event, event.isTerminal) }
            return (.error(error.identified(by: requestID)), true)
        }
    }

    private func call(_ request: ResponseRequest, isStreamed: Bool) throws(OpenAIError) -> APICall {
        var call = APICall.post("responses", json: try encoder.encode(request, isStreamed: isStreamed))
        call.repeatability = .untilAnswered
        call.isStreamed = isStreamed
        return call
    }

    /// Retrieves a stored response.
    public func retrieve(_ id: String, include: [Include] = []) async throws(OpenAIError) -> Response {
        try await transport.value(.get("responses", id, query: .include(include)))
    }

    /// Deletes a stored response.
    ///
    /// - Returns: Whether it existed.
    @discardableResult
    public func delete(_ id: String) async throws(OpenAIError) -> Bool {
        try await transport.delete(.delete("responses", id))
    }
}
