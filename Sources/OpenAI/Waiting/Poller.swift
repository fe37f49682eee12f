import HTTPTypes

/// Asks for an object until it is as wanted, at the pace that the server sets.
struct Poller: Sendable {
    let transport: Transport
    /// The pause between questions, where the server does not say.
    let interval: Duration

    /// The pauses after which an object is asked for again that the server does not show yet: ten seconds in all.
    private static let pausesBeforeFirstSight: [Duration] = [0.5, 1, 2, 3, 3.5].map { .seconds($0) }

    /// Waits until an object is as wanted.
    ///
    /// - Parameters:
    ///   - call: The call that returns the object.
    ///   - timeout: How long to wait at most.
    ///   - isDone: Whether the object is as wanted.
    /// - Returns: The object as wanted.
    /// - Throws: ``OpenAIError`` with code `deadlinePassed` if it takes too long; `notFound` if the object does not
    ///   turn up, or is gone.
    func wait<Value: Decodable>(
        for call: APICall,
        timeout: Duration,
        until isDone: (Value) -> Bool
    ) async throws(OpenAIError) -> Value {
        let countdown = Countdown(timeout, on: transport.clock)
        var call = call
        call.countdown = countdown
        call.headers["X-Stainless-Poll-Helper"] = "true"
        var pausesLeft = Self.pausesBeforeFirstSight[...]
        while true {
            let pause: Duration
            do throws(OpenAIError) {
                let (value, headers) = try await transport.reply(to: call, as: Value.self)
                if isDone(value) { return value }
                pausesLeft = []
                pause = Self.pace(headers) ?? interval
            } catch {
                guard error.code == .notFound, let next = pausesLeft.popFirst() else { throw error }
                pause = next
            }
            let left = countdown.remaining
            guard left > .zero else { throw OpenAIError(.deadlinePassed) }
            try await transport.clock.pause(for: min(pause, left))
        }
    }

    /// The pause that the server asks for; at least a tenth of its default, so that no server makes us storm it.
    private static func pace(_ headers: HTTPFields) -> Duration? {
        headers["openai-poll-after-ms"].flatMap { Int($0) }.map { .milliseconds(max($0, 100)) }
    }
}
