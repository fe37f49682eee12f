import Testing

@testable import Redis

@Suite struct BackoffTests {
    private let backoff = RedisBackoff()

    @Test func doublesUpToTheMaximum() {
        let longest = (1...7).map { backoff.delay(afterFailures: $0, chance: 1) }
        #expect(
            longest == [.milliseconds(100), .milliseconds(200), .milliseconds(400), .milliseconds(800)]
                + [.milliseconds(1600), .seconds(2), .seconds(2)]
        )
    }

    @Test func isHalfAMatterOfChance() {
        #expect(backoff.delay(afterFailures: 1, chance: 0) == .milliseconds(50))
        #expect(backoff.delay(afterFailures: 4, chance: 0) == .milliseconds(400))
        #expect(backoff.delay(afterFailures: 4, chance: 0.5) == .milliseconds(600))
    }

    @Test func staysWithinItsBoundsForever() {
        for failures in [1, 31, 32, 33, 1_000_000, .max] {
            for chance in [0, 0.3, 1] {
                let delay = backoff.delay(afterFailures: failures, chance: chance)
                #expect(delay >= backoff.minimum && delay <= backoff.maximum)
            }
        }
    }
}
