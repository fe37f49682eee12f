import Testing

@testable import HTTPClient

@Suite
struct TransferClockTests {
    private let start = ContinuousClock.now

    @Test
    func doesNotCountStandingStillBeforeTheRequestBegins() {
        var clock = TransferClock(.init(total: nil, stall: .seconds(2)), from: start)
        #expect(expired(clock, at: 1000) == nil)
        clock.moved(at: start + .seconds(1000))
        #expect(expired(clock, at: 1001.9) == nil)
        #expect(expired(clock, at: 1002) == .stalled)
    }

    @Test
    func everyMovementPutsTheStallOff() {
        var clock = TransferClock(.init(total: nil, stall: .seconds(2)), from: start)
        for second in 0..<10 { clock.moved(at: start + .seconds(second)) }
        #expect(expired(clock, at: 10.9) == nil)
        #expect(expired(clock, at: 11) == .stalled)
    }

    @Test
    func standsStillForAsLongAsTheReaderLikesWhilePaused() {
        var clock = TransferClock(.init(total: .seconds(100), stall: .seconds(2)), from: start)
        clock.moved(at: start)
        clock.paused()
        // Counters are brought up to date after the pause began.
        clock.moved(at: start)
        #expect(expired(clock, at: 96.9) == nil)
        clock.resumed(at: start + .seconds(97))
        #expect(expired(clock, at: 98.9) == nil)
        #expect(expired(clock, at: 99) == .stalled)
        #expect(expired(clock, at: 100) == .timedOut)
    }

    @Test
    func neverExpiresWithoutLimits() {
        var clock = TransferClock(.init(total: nil, stall: nil), from: start)
        clock.moved(at: start)
        #expect(expired(clock, at: 1e9) == nil)
        #expect(clock.earliestExpiry(from: start) == nil)
    }

    /// What the driver relies on to look at the clocks seldom.
    @Test
    func nothingRunsOutBeforeTheEarliestExpiry() {
        var clock = TransferClock(.init(total: .seconds(10), stall: .seconds(2)), from: start)
        #expect(clock.earliestExpiry(from: start) == start + .seconds(2))
        clock.moved(at: start + .seconds(1))
        #expect(clock.earliestExpiry(from: start + .seconds(2)) == start + .seconds(3))
        clock.paused()
        #expect(clock.earliestExpiry(from: start + .seconds(3)) == start + .seconds(5))
        #expect(clock.earliestExpiry(from: start + .seconds(9)) == start + .seconds(10))
    }

    @Test(arguments: [
        (Duration.seconds(2), 2000), (.microseconds(1), 1), (.zero, 1), (.seconds(-5), 1),
        (.seconds(1e12), Int(Int32.max)),
        (.milliseconds(1500), 1500), (.seconds(Int64.min), 1),
    ])
    func countsInWholeMilliseconds(duration: Duration, milliseconds: Int) {
        #expect(duration.wholeMilliseconds == milliseconds)
    }

    private func expired(_ clock: TransferClock, at seconds: Double) -> HTTPClientError.Code? {
        clock.expired(at: start + .seconds(seconds), progress: .sent)?.code
    }
}
