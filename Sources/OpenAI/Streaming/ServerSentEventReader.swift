import HTTPClient

/// Reads the server-sent events of a response's body; every error carries the API's ID of the request.
///
/// It reads from the connection only as it is read itself, and ends the transfer when it is released. A class, so that those
/// who wait for an event have a reference in their frames.
final class ServerSentEventReader {
    private var bytes: HTTPClientBody.AsyncIterator
    private var parser = ServerSentEventParser()
    /// The events of the last chunk that are not returned yet, last event first.
    private var pending: [ServerSentEvent] = []
    /// Why nothing follows the pending events.
    private var failure: OpenAIError?
    private let requestID: String?

    init(_ body: HTTPClientBody, requestID: String?) {
        bytes = body.makeAsyncIterator()
        self.requestID = requestID
    }

    /// Waits for more of the body, of which ``takeEvent()`` then returns the events or throws why there is no more.
    ///
    /// It does not throw itself: each frame of an async function has room for the errors that it throws.
    func receive(isolation actor: isolated (any Actor)?) async {
        do throws(HTTPClientError) {
            take(try await bytes.next(isolation: actor))
        } catch {
            fail(error)
        }
    }

    /// Returns the next event of those that have arrived; nil where there is none.
    ///
    /// - Throws: ``OpenAIError`` with code `answerCutOff` at the body's end, `malformedAnswer` for an event that is too
    ///   large.
    func takeEvent() throws(OpenAIError) -> ServerSentEvent? {
        if let event = pending.popLast() { return event }
        if let failure { throw failure }
        return nil
    }

    /// Takes bytes of the body; nil for its end.
    @inline(never)
    private func take(_ chunk: [UInt8]?) {
        guard let chunk else { return fail(nil) }
        do {
            pending = try parser.feed(chunk).reversed()
        } catch {
            failure = malformed("The OpenAI service sent an event that is too large.")
        }
    }

    @inline(never)
    private func fail(_ error: HTTPClientError?) {
        failure = failed(error)
    }

    /// Decodes an event.
    ///
    /// - Throws: ``OpenAIError`` as thrown by the decoder, else with code `malformedAnswer`.
    func decoded<Value>(
        _ event: ServerSentEvent,
        by decode: (ServerSentEvent, _ requestID: String?) throws -> Value
    ) throws(OpenAIError) -> Value {
        do {
            return try decode(event, requestID)
        } catch let error as OpenAIError {
            throw error.identified(by: requestID)
        } catch {
            throw malformed("The OpenAI service sent an event that cannot be read.")
        }
    }

    /// The error of a transfer that failed, or ended before the stream did.
    private func failed(_ error: HTTPClientError?) -> OpenAIError {
        (error.map { FailedAttempt($0).error } ?? OpenAIError(.answerCutOff)).identified(by: requestID)
    }

    private func malformed(_ message: String) -> OpenAIError {
        OpenAIError(.malformedAnswer, message).identified(by: requestID)
    }
}

extension OpenAIError {
    /// The error with the ID of the request.
    func identified(by requestID: String?) -> OpenAIError {
        var error = self
        error.requestID = requestID
        return error
    }
}
