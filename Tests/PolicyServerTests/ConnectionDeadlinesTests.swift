import Testing

@testable import PolicyServer

@Suite struct ConnectionDeadlinesTests {
    private let start = ContinuousClock.now
    private let limits = ConnectionLimits(callerTimeout: .seconds(10))

    /// What happens on a connection, and when.
    private enum Event {
        case head, end, answerHead, answerEnd, stuck, unstuck, serverEnds(grace: Int)
    }

    /// Returns when the caller's time is up after the events, in seconds since the opening.
    private func deadline(after events: [(Double, Event)]) -> Double? {
        var deadlines = ConnectionDeadlines(limits: limits, openedAt: start)
        for (seconds, event) in events {
            let now = start + .seconds(seconds)
            switch event {
            case .head: deadlines.receivedHead(at: now)
            case .end: deadlines.receivedEnd(at: now)
            case .answerHead: deadlines.sentHead()
            case .answerEnd: deadlines.sentEnd(at: now)
            case .stuck: deadlines.becameWritable(false, at: now)
            case .unstuck: deadlines.becameWritable(true, at: now)
            case .serverEnds(let grace): deadlines.beginShutdown(at: now, grace: .seconds(grace))
            }
        }
        return deadlines.deadline.map { ($0 - start) / .seconds(1) }
    }

    @Test func firstRequestHasADeadline() {
        #expect(deadline(after: []) == 10)
    }

    @Test func bodyDeadlineStartsAtTheHead() {
        #expect(deadline(after: [(4, .head)]) == 14)
    }

    @Test func responseMayTakeAnyTime() {
        #expect(deadline(after: [(0, .head), (1, .end)]) == nil)
        #expect(deadline(after: [(0, .head), (1, .end), (2, .answerHead)]) == nil)
    }

    @Test func idleTimeStartsAfterAResponse() {
        #expect(deadline(after: [(0, .head), (1, .end), (2, .answerHead), (500, .answerEnd)]) == 575)
    }

    @Test func earlyResponseDoesNotExtendTheBodysDeadline() {
        let events: [(Double, Event)] = [(0, .head), (1, .answerHead), (2, .answerEnd)]
        #expect(deadline(after: events) == 10)
        #expect(deadline(after: events + [(3, .end)]) == 78)
    }

    @Test func pipelinedRequestHasTimeWhenItIsNext() {
        let events: [(Double, Event)] = [(0, .head), (0, .end), (0, .head)]
        #expect(deadline(after: events) == nil)
        #expect(deadline(after: events + [(20, .answerHead), (30, .answerEnd)]) == 40)
        #expect(deadline(after: events + [(20, .answerHead), (25, .end), (30, .answerEnd)]) == nil)
    }

    @Test func responseHasToBeRead() {
        let events: [(Double, Event)] = [(0, .head), (1, .end), (2, .answerHead), (3, .stuck)]
        #expect(deadline(after: events) == 13)
        #expect(deadline(after: events + [(4, .unstuck)]) == nil)
    }

    @Test func responseWithoutARequestIsHarmless() {
        #expect(deadline(after: [(1, .answerHead), (1, .answerEnd)]) == 76)
    }

    @Test func refusesOnlyBeforeAResponse() {
        var deadlines = ConnectionDeadlines(limits: limits, openedAt: start)
        #expect(!deadlines.canRefuse)
        deadlines.receivedHead(at: start)
        #expect(deadlines.canRefuse)
        deadlines.sentHead()
        #expect(!deadlines.canRefuse)
    }

    @Test func shutdownLimitsEveryDeadlineToTheGrace() {
        let events: [(Double, Event)] = [(0, .head), (2, .serverEnds(grace: 3))]
        #expect(deadline(after: events) == 5)
        #expect(deadline(after: events + [(4, .end)]) == nil, "the answer is the server's turn")
        #expect(deadline(after: events + [(4, .end), (4, .answerHead), (4.5, .stuck)]) == 5)
        #expect(deadline(after: [(0, .head), (8, .serverEnds(grace: 30))]) == 10, "it gives nobody more time")
        #expect(deadline(after: events + [(4, .serverEnds(grace: 3))]) == 5)
    }
}
