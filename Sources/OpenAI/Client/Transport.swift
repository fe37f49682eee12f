import FoundationEssentials
import HTTPClient
import HTTPTypes
import JSON

/// Performs calls: sends them, retries them as the policy says, and decodes the responses.
struct Transport: Sendable {
    let http: HTTPClient
    let requests: RequestBuilder
    var policy: RetryPolicy
    let clock: any Clock<Duration>
    let now: @Sendable () -> Date
    let randomness: @Sendable () -> Double
    let onAttempt: (@Sendable (OpenAIAttempt) -> Void)?

    /// The maximum size of a decoded response, and of an error's body.
    private static let maximumResponseBytes = 64 << 20
    private static let maximumErrorBytes = 1 << 20

    /// Performs a call, and decodes the response's body.
    func value<Value: Decodable>(_ call: APICall, as type: Value.Type = Value.self) async throws(OpenAIError) -> Value {
        try await reply(to: call, as: type).value
    }

    /// Performs a call, and reads the response's body.
    func value<Value: JSONReadable>(_ call: APICall, as type: Value.Type = Value.self) async throws(OpenAIError)
        -> Value
    {
        try await perform(call) { response throws(FailedAttempt) in
            let bytes = try await Self.bytes(of: response)
            do throws(JSONError) {
                return try Value(json: bytes)
            } catch {
                throw FailedAttempt(.malformedAnswer(head: response.head))
            }
        }
    }

    /// Performs a call, and returns the response's decoded body and its headers.
    func reply<Value: Decodable>(
        to call: APICall,
        as type: Value.Type = Value.self
    ) async throws(OpenAIError) -> (value: Value, headers: HTTPFields) {
        try await perform(call) { response throws(FailedAttempt) in
            (try Self.decode(type, from: try await Self.bytes(of: response), response.head), response.head.headerFields)
        }
    }

    /// Performs a call whose response is neither JSON nor text, and returns its body.
    func bytes(_ call: APICall) async throws(OpenAIError) -> [UInt8] {
        try await perform(call) { response throws(FailedAttempt) in
            // A server that answers an unknown path with a page would else be heard.
            let contentType = response.head.headerFields[.contentType]?.lowercased() ?? ""
            guard !contentType.hasPrefix("application/json"), !contentType.hasPrefix("text/") else {
                throw FailedAttempt(.malformedAnswer(head: response.head))
            }
            return try await Self.bytes(of: response)
        }
    }

    /// Performs a call whose response is a stream of events, and returns it with its body unread.
    func events(_ call: APICall) async throws(OpenAIError) -> HTTPClientResponse {
        try await perform(call) { response throws(FailedAttempt) in
            guard response.head.headerFields[.contentType]?.lowercased().hasPrefix("text/event-stream") ?? true else {
                throw FailedAttempt(.malformedAnswer(head: response.head))
            }
            return response
        }
    }

    /// A response that is a stream of events, with its body unread, or was to be one.
    enum EventsOrValue<Value> {
        case events(HTTPClientResponse)
        case value(Value)
    }

    /// Performs a call whose response is a stream of events, or JSON from a server that does not stream.
    func eventsOrValue<Value: Decodable>(
        _ call: APICall,
        as type: Value.Type
    ) async throws(OpenAIError) -> EventsOrValue<Value> {
        try await perform(call) { response throws(FailedAttempt) in
            let contentType = response.head.headerFields[.contentType]?.lowercased() ?? "text/event-stream"
            if contentType.hasPrefix("text/event-stream") { return .events(response) }
            guard contentType.hasPrefix("application/json") else {
                throw FailedAttempt(.malformedAnswer(head: response.head))
            }
            return .value(try Self.decode(type, from: try await Self.bytes(of: response), response.head))
        }
    }

    /// Performs a call that deletes an object.
    ///
    /// - Returns: Whether the object existed; false for an unknown object, which after a lost response is a success,
    ///   too.
    func delete(_ call: APICall) async throws(OpenAIError) -> Bool {
        do throws(OpenAIError) {
            let isDeleted = try await perform(call) { response throws(FailedAttempt) in
                // Some deletions have no body by their documentation, and others return the parent object.
                let bytes = try await Self.bytes(of: response)
                if bytes.isEmpty { return true }
                return try Self.decode(Deletion.self, from: bytes, response.head).deleted ?? true
            }
            guard isDeleted else {
                throw OpenAIError(.serverError, "The OpenAI service did not delete the object.")
            }
            return true
        } catch {
            guard error.code == .notFound else { throw error }
            return false
        }
    }

    private struct Deletion: Decodable {
        let deleted: Bool?
    }

    private static func bytes(of response: HTTPClientResponse) async throws(FailedAttempt) -> [UInt8] {
        do throws(HTTPClientError) {
            return try await response.body.collect(upTo: maximumResponseBytes)
        } catch {
            throw FailedAttempt(error)
        }
    }

    private static func decode<Value: Decodable>(
        _ type: Value.Type,
        from bytes: [UInt8],
        _ head: HTTPResponse
    ) throws(FailedAttempt) -> Value {
        do {
            return try WireJSON.decode(type, from: bytes)
        } catch {
            throw FailedAttempt(.malformedAnswer(head: head))
        }
    }

    private func perform<Value>(
        _ call: APICall,
        reading read: (HTTPClientResponse) async throws(FailedAttempt) -> Value
    ) async throws(OpenAIError) -> Value {
        var retries = 0
        while true {
            let failed: FailedAttempt
            let begin = ContinuousClock.now
            do throws(FailedAttempt) {
                let value = try await read(try await attempt(call))
                report(call, nil, since: begin)
                return value
            } catch {
                report(call, error, since: begin)
                failed = error
            }
            let delay = policy.delay(
                attempt: retries,
                outcome: failed.outcome,
                repeatability: call.repeatability,
                randomness: randomness()
            )
            guard let delay else { throw withOutline(failed.error(within: call.countdown), call) }
            if let left = call.countdown?.remaining, left <= delay { throw withOutline(failed.error, call) }
            try await clock.pause(for: delay)
            retries += 1
        }
    }

    private func withOutline(_ error: OpenAIError, _ call: APICall) -> OpenAIError {
        var error = error
        error.call = requests.outline(of: call)
        return error
    }

    private func report(_ call: APICall, _ failed: FailedAttempt?, since begin: ContinuousClock.Instant) {
        guard let onAttempt else { return }
        let duration = ContinuousClock.now - begin
        onAttempt(OpenAIAttempt(operation: call.operation, failure: failed?.error.code, duration: duration))
    }

    /// Sends a call once, and returns a successful response with its body unread.
    private func attempt(_ call: APICall) async throws(FailedAttempt) -> HTTPClientResponse {
        let request: HTTPClientRequest
        do throws(OpenAIError) {
            request = try requests.request(for: call)
        } catch {
            throw FailedAttempt(error)
        }
        let response: HTTPClientResponse
        do throws(HTTPClientError) {
            response = try await http.execute(request)
        } catch {
            throw FailedAttempt(error)
        }
        if response.head.status.kind == .successful { return response }
        // Without its body, an error still has its status.
        let body = (try? await response.body.collect(upTo: Self.maximumErrorBytes)) ?? []
        throw FailedAttempt(head: response.head, body: body, call: call, now: now())
    }
}
