import NIOCore
import Testing

@testable import Redis

/// What becomes of commands that a server refuses since it is a replica or not ready, at made-up times.
@Suite struct RefusalTests {
    private var machine = ConnectionMachine<String>(
        backoff: RedisBackoff(),
        maximumDueReplies: 100,
        probeInterval: .seconds(5)
    )
    private let start = NIODeadline.uptimeNanoseconds(0)
    private let readOnly = RedisError(reply: "READONLY You can't write against a read only replica.")
    private let loss = RedisError(.connectionLost, "gone")

    private func request(_ waiter: String, repeatable: Bool, at time: NIODeadline? = nil) throws -> Request<String> {
        let command = RedisCommand("GET", [waiter], repeatable: repeatable)
        let commands = try OutgoingCommands(command)
        return Request(waiter: waiter, firstSlot: 0, commands: commands, deadline: (time ?? start) + .seconds(5))
    }

    private func wire(_ waiters: String...) throws -> ByteBuffer {
        var bytes = ByteBuffer()
        for waiter in waiters { try bytes.writeCommand(RedisCommand("GET", [waiter])) }
        return bytes
    }

    @discardableResult
    private mutating func submit(
        _ waiter: String,
        repeatable: Bool = false,
        at time: NIODeadline? = nil
    ) throws -> ConnectionMachine<String>.SubmitAction {
        machine.submit([try request(waiter, repeatable: repeatable, at: time)], now: time ?? start)
    }

    private mutating func flush() -> ByteBuffer? {
        machine.flush(now: start) { _ in false }
    }

    private mutating func isWanted(_ id: Int, at time: NIODeadline) -> Bool {
        machine.connected(id, now: time)
    }

    private mutating func isProbed(at time: NIODeadline) -> Bool {
        machine.takesProbe(now: time)
    }

    private mutating func receive(
        _ replies: [RedisValue],
        on id: Int,
        at time: NIODeadline
    ) -> ConnectionMachine<String>.ReceiveAction {
        machine.receive(replies, on: id, now: time)
    }

    private mutating func ended(
        _ id: Int,
        _ error: RedisError,
        at time: NIODeadline
    ) -> ConnectionMachine<String>.EndAction {
        machine.ended(id, error: error, now: time, chance: 0) { _ in false }
    }

    /// Brings the machine to where the first connection has been ready for a minute.
    private mutating func connect() throws -> NIODeadline {
        #expect(try submit("first") == .connect(.init(id: 1)))
        #expect(isWanted(1, at: start))
        #expect(try flush() == wire("first"))
        _ = machine.receive([.null], on: 1, now: start)
        return start + .minutes(1)
    }

    @Test mutating func refusedCommandGoesToTheNextServerAtOnce() throws {
        let now = try connect()
        try submit("a", at: now)
        _ = flush()
        let action = machine.receive([.error(readOnly)], on: 1, now: now)
        #expect(action.deliveries.isEmpty, "the caller waits for the next server")
        #expect(action.closing == readOnly)
        let end = ended(1, readOnly, at: now)
        #expect(end.deliveries.isEmpty)
        #expect(end.reconnection?.id == 2)
        #expect(end.reconnection?.time == nil)
        #expect(isWanted(2, at: now))
        #expect(try flush() == wire("a"))
        #expect(receive([.integer(1)], on: 2, at: now).deliveries.map(\.outcome) == [.success(.integer(1))])
    }

    @Test mutating func commandsThatMayHaveRunAreHeardOut() throws {
        let now = try connect()
        for (waiter, repeatable) in [("a", false), ("b", true), ("c", false), ("d", false)] {
            try submit(waiter, repeatable: repeatable, at: now)
        }
        _ = flush()
        let first = machine.receive([.error(readOnly), .integer(7)], on: 1, now: now)
        #expect(first.deliveries.isEmpty, "what may run twice is asked of the next server, for this one may be behind")
        #expect(first.closing == nil, "replies are still due")
        #expect(try submit("e", at: now) != .connect(.init(id: 2)))
        #expect(flush() == nil, "nothing more is written here")
        let rest = machine.receive([.integer(8), .error(readOnly)], on: 1, now: now)
        #expect(rest.deliveries.map(\.waiter) == ["c"], "which the server has carried out")
        #expect(rest.closing == readOnly)
        #expect(ended(1, readOnly, at: now).reconnection?.id == 2)
        #expect(isWanted(2, at: now))
        #expect(try flush() == wire("a", "b", "d", "e"), "in the order in which they came")
    }

    @Test mutating func connectionThatBreaksMeanwhileLosesOnlyWhatMayHaveRun() throws {
        let now = try connect()
        for waiter in ["a", "b"] { try submit(waiter, at: now) }
        _ = flush()
        #expect(receive([.error(readOnly)], on: 1, at: now).closing == nil)
        let end = ended(1, loss, at: now)
        #expect(end.deliveries.map(\.waiter) == ["b"])
        #expect(end.deliveries.map(\.outcome) == [.failure(loss)])
        #expect(end.reconnection?.id == 2)
        #expect(isWanted(2, at: now))
        #expect(try flush() == wire("a"))
    }

    @Test mutating func serverThatIsFoundAnewAndRefusesIsAskedAtThePaceOfTheBackoff() throws {
        let now = try connect()
        try submit("a", at: now)
        _ = flush()
        _ = machine.receive([.error(readOnly)], on: 1, now: now)
        _ = ended(1, readOnly, at: now)
        // The handshake's write is refused, too.
        let second = ended(2, readOnly, at: now)
        #expect(second.deliveries.isEmpty, "the command waits")
        #expect(second.reconnection?.id == 3)
        #expect(second.reconnection?.time == now + .milliseconds(50))
        #expect(machine.awaitsConnection(3))
        // Without such a write the refusal comes later, with the same result.
        #expect(isWanted(3, at: now))
        #expect(try flush() == wire("a"))
        #expect(receive([.error(readOnly)], on: 3, at: now).closing == readOnly)
        let third = ended(3, readOnly, at: now)
        #expect(third.reconnection?.id == 4)
        #expect(third.reconnection?.time == now + .milliseconds(100))
    }

    @Test mutating func refusedCommandEndsWithTheReasonWhenItsTimeIsOver() throws {
        let now = try connect()
        try submit("a", at: now)
        _ = flush()
        _ = machine.receive([.error(readOnly)], on: 1, now: now)
        _ = ended(1, readOnly, at: now)
        _ = ended(2, readOnly, at: now)
        try submit("b", at: now + .seconds(1))
        let expiry = machine.expire(now: now + .seconds(5))
        #expect(expiry.deliveries.map(\.waiter) == ["a"])
        #expect(expiry.deliveries.map(\.outcome) == [.failure(readOnly)])
        #expect(!expiry.isStuck)
        let later = machine.expire(now: now + .seconds(6))
        #expect(later.deliveries.map(\.waiter) == ["b"])
        let end = ended(3, readOnly, at: now + .seconds(7))
        #expect(end.reconnection == nil, "nobody waits")
        let submission = try submit("c", at: now + .seconds(7))
        #expect(
            submission == .connect(.init(id: 4, time: now + .seconds(7) + .milliseconds(100))),
            "who comes next does"
        )
    }

    @Test mutating func serverThatIsAwayEndsTheWaitAtOnce() throws {
        let now = try connect()
        try submit("a", at: now)
        _ = flush()
        _ = machine.receive([.error(readOnly)], on: 1, now: now)
        _ = ended(1, readOnly, at: now)
        let refused = RedisError(.connectionFailed, "refused")
        #expect(ended(2, refused, at: now).deliveries.map(\.outcome) == [.failure(refused)])
        #expect(try submit("b", at: now) == .fail(refused))
    }

    @Test mutating func refusedTransactionIsSentWholeAgain() throws {
        let transaction = try OutgoingCommands(transaction: [.incr("a"), .incr("b")])
        let whole = Request(waiter: "t", firstSlot: 0, commands: transaction, deadline: start + .seconds(5))
        let submission = machine.submit([whole], now: start)
        #expect(submission == .connect(.init(id: 1)))
        _ = machine.connected(1, now: start)
        #expect(flush() == transaction.bytes)
        let replies: [RedisValue] = [
            .string("OK"), .error(readOnly), .error(readOnly), .error(RedisError(reply: "EXECABORT discarded")),
        ]
        let action = machine.receive(replies, on: 1, now: start)
        #expect(action.deliveries.map(\.slot) == [0], "it has not ended yet")
        #expect(action.closing == readOnly)
        _ = ended(1, readOnly, at: start)
        _ = machine.connected(2, now: start)
        #expect(flush() == transaction.bytes)
        #expect(
            machine.receive([.null, .null, .null, .null], on: 2, now: start).deliveries.map(\.slot) == [0, 1, 2, 3]
        )
    }

    @Test mutating func serverIsProbedInUseAndOnlyThen() throws {
        #expect(!isProbed(at: start), "the handshake does it")
        _ = try connect()
        #expect(!isProbed(at: start + .seconds(4)))
        #expect(isProbed(at: start + .seconds(5)))
        #expect(!isProbed(at: start + .seconds(6)))
        #expect(isProbed(at: start + .seconds(10)))
    }
}
