/// The time left until a deadline, by whichever clock it was set.
struct Countdown: Sendable {
    private let left: @Sendable () -> Duration

    init(_ duration: Duration, on clock: some Clock<Duration>) {
        let deadline = clock.now.advanced(by: duration)
        left = { clock.now.duration(to: deadline) }
    }

    /// The time left; negative after the deadline.
    var remaining: Duration { left() }
}

extension Clock<Duration> {
    /// Waits; a cancelled task ends the wait at once.
    func pause(for duration: Duration) async throws(OpenAIError) {
        do {
            try await sleep(for: duration)
        } catch {
            throw OpenAIError(.cancelled)
        }
    }
}
