import HTTPClient

/// Reads the events of an answer as they come; every error carries the API's ID of the request.
///
/// It takes bytes from the connection only as it is read, and lets go of the transfer when it is released.
struct ServerSentEventReader {
    private var bytes: HTTPClientBody.AsyncIterator
    private var parser = ServerSentEventParser()
    /// What the last chunk held and was not returned yet, last event first.
    private var waiting: [ServerSentEvent] = []
    private let requestID: String?

    init(_ body: HTTPClientBody, requestID: String?) {
        bytes = body.makeAsyncIterator()
        self.requestID = requestID
    }

    /// The next event.
    ///
    /// - Throws: ``OpenAIError`` with code `answerCutOff` if there is none.
    mutating func next(isolation actor: isolated (any Actor)?) async throws(OpenAIError) -> ServerSentEvent {
        while true {
            if let event = waiting.popLast() { return event }
            let chunk: [UInt8]?
            do throws(HTTPClientError) {
                chunk = try await bytes.next(isolation: actor)
            } catch {
                throw identified(FailedAttempt(error).error)
            }
            try take(chunk)
        }
    }

    /// Takes the next bytes, nil after the last.
    private mutating func take(_ chunk: [UInt8]?) throws(OpenAIError) {
        guard let chunk else { throw identified(OpenAIError(.answerCutOff)) }
        do {
            waiting = try parser.feed(chunk).reversed()
        } catch {
            throw identified(OpenAIError(.malformedAnswer, "The OpenAI service sent an event that is too large."))
        }
    }

    /// Reads what an event says.
    ///
    /// - Throws: ``OpenAIError`` with code `malformedAnswer` if it cannot be read.
    func decoding<Value>(_ decode: () throws -> Value) throws(OpenAIError) -> Value {
        do {
            return try decode()
        } catch {
            throw identified(OpenAIError(.malformedAnswer, "The OpenAI service sent an event that cannot be read."))
        }
    }

    /// The error with the ID of the request.
    func identified(_ error: OpenAIError) -> OpenAIError {
        var error = error
        error.requestID = requestID
        return error
    }
}
