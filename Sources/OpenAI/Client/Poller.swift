import HTTPTypes

/// Polls an object until a condition holds, at the interval that the server sets.
struct Poller: Sendable {
    let transport: Transport
    /// The polling interval, where the server sets none.
    let interval: Duration

    /// The pauses before further polls of an object that the server does not find yet: ten seconds in all.
    private static let pausesUntilFound: [Duration] = [0.5, 1, 2, 3, 3.5].map { .seconds($0) }

    /// Waits until an object satisfies a condition.
    ///
    /// - Parameters:
    ///   - call: The call that returns the object.
    ///   - timeout: How long to wait at most.
    ///   - isDone: The condition.
    /// - Returns: The object that satisfies it.
    /// - Throws: ``OpenAIError`` with code `deadlinePassed` after the timeout; `notFound` if the object is not found
    ///   for ten seconds, or no longer.
    func wait<Value: Decodable>(
        for call: APICall,
        timeout: Duration,
        until isDone: (Value) -> Bool
    ) async throws(OpenAIError) -> Value {
        let countdown = Countdown(timeout, on: transport.clock)
        var call = call
        call.countdown = countdown
        call.headers["X-Stainless-Poll-Helper"] = "true"
        var pausesLeft = Self.pausesUntilFound[...]
        while true {
            let pause: Duration
            do throws(OpenAIError) {
                let (value, headers) = try await transport.reply(to: call, as: Value.self)
                if isDone(value) { return value }
                pausesLeft = []
                pause = Self.interval(headers) ?? interval
            } catch {
                guard error.code == .notFound, let next = pausesLeft.popFirst() else { throw error }
                pause = next
            }
            let left = countdown.remaining
            guard left > .zero else { throw OpenAIError(.deadlinePassed) }
            try await transport.clock.pause(for: min(pause, left))
        }
    }

    /// The interval that the server asks for: at least 100 ms.
    private static func interval(_ headers: HTTPFields) -> Duration? {
        headers["openai-poll-after-ms"].flatMap { Int($0) }.map { .milliseconds(max($0, 100)) }
    }
}
