import OpenAI
import Testing

@Suite struct RetryPolicyTests {
    struct Row: CustomTestStringConvertible {
        let testDescription: String
        let outcome: RetryPolicy.Outcome
        var attempt = 0
        var repeatability = RetryPolicy.Repeatability.always
        let delay: Duration?

        init(
            _ description: String,
            _ outcome: RetryPolicy.Outcome,
            attempt: Int = 0,
            repeatability: RetryPolicy.Repeatability = .always,
            _ delay: Duration?
        ) {
            testDescription = description
            self.outcome = outcome
            self.attempt = attempt
            self.repeatability = repeatability
            self.delay = delay
        }
    }

    private static func refused(_ status: Int, _ delay: Duration? = nil, should: Bool? = nil) -> RetryPolicy.Outcome {
        .refused(status: status, hint: RetryHint(delay: delay, shouldRetry: should))
    }

    /// Half a second, less half of a quarter for the randomness of ½.
    private static let first = Duration.milliseconds(437.5)

    static let rows = [
        Row("400", refused(400), nil),
        Row("401", refused(401), nil),
        Row("403", refused(403), nil),
        Row("404", refused(404), nil),
        Row("408", refused(408), first),
        Row("409", refused(409), first),
        Row("422", refused(422), nil),
        Row("429", refused(429), first),
        Row("500", refused(500), first),
        Row("502", refused(502), first),
        Row("503", refused(503), first),
        Row("599", refused(599), first),
        Row("302", refused(302), nil),
        Row("second retry waits twice as long", refused(500), attempt: 1, first * 2),
        Row("no third retry", refused(500), attempt: 2, nil),
        Row("server's own pause", refused(429, .milliseconds(20)), .milliseconds(20)),
        Row("server's own pause, second retry", refused(429, .seconds(3)), attempt: 1, .seconds(3)),
        Row("two minutes are waited for", refused(429, .seconds(120)), .seconds(120)),
        Row("more than two minutes are not", refused(429, .seconds(120.5)), nil),
        Row("a long pause outweighs x-should-retry", refused(503, .seconds(121), should: true), nil),
        Row("x-should-retry: true for a 400", refused(400, should: true), first),
        Row("x-should-retry: false for a 500", refused(500, .milliseconds(20), should: false), nil),
        Row("x-should-retry cannot exceed the count", refused(500, should: true), attempt: 2, nil),
        Row("quota", .refused(status: 429, isQuota: true), nil),
        Row(
            "quota, whatever the server says",
            .refused(status: 429, hint: RetryHint(delay: .milliseconds(20), shouldRetry: true), isQuota: true),
            nil
        ),
        Row("no connection", .unanswered, first),
        Row("no connection, second retry", .unanswered, attempt: 1, first * 2),
        Row("no connection, POST /responses", .unanswered, repeatability: .untilAnswered, first),
        Row("429, POST /responses", refused(429), repeatability: .untilAnswered, first),
        Row("cut off", .cutOff, first),
        Row("cut off, POST /responses", .cutOff, repeatability: .untilAnswered, nil),
        Row("not to be helped", .final, nil),
    ]

    @Test(arguments: rows)
    func followsTheTable(_ row: Row) {
        let delay = RetryPolicy().delay(
            attempt: row.attempt,
            outcome: row.outcome,
            repeatability: row.repeatability,
            randomness: 0.5
        )
        #expect(delay == row.delay)
    }

    @Test func doublesThePauseUpToEightSeconds() {
        let policy = RetryPolicy(maximumRetries: 100)
        let delays = [0, 1, 2, 3, 4, 5, 99].map { policy.delay(attempt: $0, outcome: .unanswered, randomness: 0) }
        #expect(delays == [0.5, 1, 2, 4, 8, 8, 8].map { .seconds($0) })
    }

    @Test func shortensThePauseByAtMostAQuarter() throws {
        let delay = try #require(RetryPolicy().delay(attempt: 0, outcome: .unanswered, randomness: 1))
        #expect(delay == .milliseconds(375))
    }

    @Test func neverRetriesWithACountOfZero() {
        #expect(RetryPolicy(maximumRetries: 0).delay(attempt: 0, outcome: .unanswered, randomness: 0) == nil)
    }
}
