import FoundationEssentials
import HTTPClient
import HTTPTypes

/// Makes calls: sends them, tries again as the policy says, and reads the answers.
struct Transport: Sendable {
    let http: HTTPClient
    let requests: RequestBuilder
    var policy: RetryPolicy
    let clock: any Clock<Duration>
    let now: @Sendable () -> Date
    let randomness: @Sendable () -> Double
    let onAttempt: (@Sendable (OpenAIAttempt) -> Void)?

    /// The answers we read whole are bounded by this, so that no server can fill our memory.
    private static let maximumAnswerBytes = 64 << 20
    private static let maximumErrorBytes = 1 << 20

    /// Makes a call and decodes what it answers.
    func value<Value: Decodable>(_ call: APICall, as type: Value.Type = Value.self) async throws(OpenAIError) -> Value {
        try await reply(to: call, as: type).value
    }

    /// Makes a call and decodes what it answers, head and body.
    func reply<Value: Decodable>(
        to call: APICall,
        as type: Value.Type = Value.self
    ) async throws(OpenAIError) -> (value: Value, headers: HTTPFields) {
        try await perform(call) { response throws(FailedAttempt) in
            (try Self.decode(type, from: try await Self.bytes(of: response), response.head), response.head.headerFields)
        }
    }

    /// Makes a call whose answer is a stream of events, and returns it unread.
    func events(_ call: APICall) async throws(OpenAIError) -> HTTPClientResponse {
        try await perform(call) { response throws(FailedAttempt) in
            guard response.head.headerFields[.contentType]?.lowercased().hasPrefix("text/event-stream") ?? true else {
                throw FailedAttempt(.malformedAnswer(head: response.head))
            }
            return response
        }
    }

    /// Makes a call that ends an object's life.
    ///
    /// - Returns: Whether the object was there; false if the API no longer knew it, which after a lost answer is
    ///   success, too.
    func delete(_ call: APICall) async throws(OpenAIError) -> Bool {
        do throws(OpenAIError) {
            let isDeleted = try await perform(call) { response throws(FailedAttempt) in
                // Some deletions are documented to have no body, and others return what they deleted from.
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
            return try await response.body.collect(upTo: maximumAnswerBytes)
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

    private func perform<Answer>(
        _ call: APICall,
        reading read: (HTTPClientResponse) async throws(FailedAttempt) -> Answer
    ) async throws(OpenAIError) -> Answer {
        var retries = 0
        while true {
            let failed: FailedAttempt
            let begin = ContinuousClock.now
            do throws(FailedAttempt) {
                let answer = try await read(try await attempt(call))
                report(call, nil, since: begin)
                return answer
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
            guard let delay else { throw named(failed.error(within: call.countdown), call) }
            if let left = call.countdown?.remaining, left <= delay { throw named(failed.error, call) }
            try await clock.pause(for: delay)
            retries += 1
        }
    }

    private func named(_ error: OpenAIError, _ call: APICall) -> OpenAIError {
        var error = error
        error.call = requests.outline(of: call)
        return error
    }

    private func report(_ call: APICall, _ failed: FailedAttempt?, since begin: ContinuousClock.Instant) {
        guard let onAttempt else { return }
        let duration = ContinuousClock.now - begin
        onAttempt(OpenAIAttempt(operation: call.operation, failure: failed?.error.code, duration: duration))
    }

    /// Sends a call once, and returns the answer if it is a good one, its body unread.
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
        // An error's body that cannot be read takes nothing from what the status says.
        let body = (try? await response.body.collect(upTo: Self.maximumErrorBytes)) ?? []
        throw FailedAttempt(head: response.head, body: body, call: call, now: now())
    }
}
