import Testing

@testable import Redis

@Suite struct ReplyWaiterTests {
    private func wait(for waiter: ReplyWaiter, then act: (ReplyWaiter) -> Void) async -> ReplyWaiter.Outcomes {
        await withCheckedContinuation { continuation in
            _ = waiter.begin(continuation)
            act(waiter)
        }
    }

    @Test func endsWithTheLastReplyInWhateverOrder() async {
        let outcomes = await wait(for: ReplyWaiter(replyCount: 3)) { waiter in
            waiter.deliver(.success(.integer(2)), to: 2)
            waiter.deliver(.success(.integer(0)), to: 0)
            #expect(!waiter.isOver)
            waiter.deliver(.success(.integer(1)), to: 1)
            #expect(waiter.isOver)
            waiter.deliver(.success(.integer(9)), to: 1)
        }
        #expect(outcomes == [.success(.integer(0)), .success(.integer(1)), .success(.integer(2))])
    }

    @Test func takesASlotTwiceWhenATransactionIsRetried() async {
        let outcomes = await wait(for: ReplyWaiter(replyCount: 2)) { waiter in
            waiter.deliver(.success(.string("first")), to: 0)
            waiter.deliver(.success(.string("second")), to: 0)
            #expect(!waiter.isOver)
            waiter.deliver(.success(.null), to: 1)
        }
        #expect(outcomes == [.success(.string("second")), .success(.null)])
    }

    @Test func cancellationEndsAllOfIt() async {
        let outcomes = await wait(for: ReplyWaiter(replyCount: 2)) { waiter in
            waiter.deliver(.success(.null), to: 0)
            waiter.cancel()
            waiter.cancel()
            waiter.deliver(.success(.null), to: 1)
        }
        #expect(outcomes.count == 2)
        for case .success in outcomes { Issue.record("a cancelled call has no replies") }
    }

    @Test func cancellationBeforeTheWaitSendsNothing() async {
        let waiter = ReplyWaiter(replyCount: 1)
        waiter.cancel()
        let outcomes = await withCheckedContinuation { #expect(!waiter.begin($0)) }
        #expect(outcomes.count == 1)
    }
}
