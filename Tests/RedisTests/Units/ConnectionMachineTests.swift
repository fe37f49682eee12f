import NIOCore
import Testing

@testable import Redis

/// The machine with names for waiters, at made-up times.
@Suite struct ConnectionMachineTests {
    private var machine = ConnectionMachine<String>(backoff: RedisBackoff(), maximumDueReplies: 5)
    private let start = NIODeadline.uptimeNanoseconds(0)
    private let failure = RedisError(.connectionFailed, "refused")
    private let loss = RedisError(.connectionLost, "gone")

    private func request(_ waiter: String, repeatable: Bool = false, at time: NIODeadline? = nil) throws -> Request<
        String
    > {
        let command = RedisCommand("GET", [waiter], repeatable: repeatable)
        let deadline = (time ?? start) + .seconds(5)
        return Request(waiter: waiter, firstSlot: 0, commands: try OutgoingCommands(command), deadline: deadline)
    }

    private func wire(_ waiters: String...) throws -> ByteBuffer {
        var bytes = ByteBuffer()
        for waiter in waiters { try bytes.writeCommand(RedisCommand("GET", [waiter])) }
        return bytes
    }

    private mutating func submit(_ waiter: String, repeatable: Bool = false) throws
        -> ConnectionMachine<String>.SubmitAction
    {
        machine.submit([try request(waiter, repeatable: repeatable)], now: start)
    }

    private mutating func flush() -> ByteBuffer? {
        machine.flush(now: start) { $0.hasPrefix("gone") }
    }

    private mutating func isWanted(_ id: Int) -> Bool {
        machine.connected(id, now: start)
    }

    private mutating func ended(
        _ id: Int,
        _ error: RedisError,
        at time: NIODeadline? = nil
    ) -> ConnectionMachine<String>.EndAction {
        machine.ended(id, error: error, now: time ?? start, chance: 0) { $0.hasPrefix("gone") }
    }

    /// Brings the machine to where the first connection is ready.
    private mutating func connect() throws {
        #expect(try submit("first") == .connect(.init(id: 1)))
        #expect(isWanted(1))
        #expect(try flush() == wire("first"))
        #expect(machine.receive([.null], on: 1, now: start).deliveries.map(\.waiter) == ["first"])
    }

    @Test mutating func connectsOnTheFirstCommandOnly() throws {
        #expect(!machine.awaitsConnection(1))
        #expect(try submit("a") == .connect(.init(id: 1)))
        #expect(machine.awaitsConnection(1))
        #expect(machine.armTimer() == start + .seconds(5))
        #expect(try submit("b") == .wait)
        #expect(flush() == nil)
        #expect(isWanted(1))
        #expect(try flush() == wire("a", "b"))
        #expect(flush() == nil)
    }

    @Test mutating func gathersCommandsIntoOneWrite() throws {
        try connect()
        #expect(try submit("a") == .scheduleFlush)
        #expect(try submit("b") == .wait)
        #expect(try submit("c") == .wait)
        #expect(try flush() == wire("a", "b", "c"))
        #expect(try submit("d") == .scheduleFlush)
    }

    @Test mutating func handsRepliesOutInOrder() throws {
        try connect()
        for waiter in ["a", "b", "c"] { _ = try submit(waiter) }
        _ = flush()
        let first = machine.receive([.integer(1), .integer(2)], on: 1, now: start)
        #expect(first.deliveries.map(\.waiter) == ["a", "b"])
        #expect(first.deliveries.map(\.outcome) == [.success(.integer(1)), .success(.integer(2))])
        #expect(machine.receive([.integer(3)], on: 1, now: start).deliveries.map(\.waiter) == ["c"])
    }

    @Test mutating func replyThatNobodyAskedForIsAViolation() throws {
        try connect()
        _ = try submit("a")
        _ = flush()
        let action = machine.receive([.null, .null], on: 1, now: start)
        #expect(action.deliveries.map(\.waiter) == ["a"])
        #expect(action.closing?.code == .protocolViolation)
    }

    @Test mutating func refusesMoreThanTheBound() throws {
        for waiter in ["a", "b", "c", "d"] { _ = try submit(waiter) }
        let two = [try request("e"), try request("f")]
        guard case .fail(let error) = machine.submit(two, now: start) else { return #expect(Bool(false)) }
        #expect(error.code == .tooManyPending)
        #expect(try submit("g") == .wait, "there is room for one")
        _ = machine.connected(1, now: start)
        _ = flush()
        guard case .fail = try submit("h") else { return #expect(Bool(false), "replies are still due") }
        _ = machine.receive([.null, .null], on: 1, now: start)
        #expect(machine.submit(two, now: start) == .scheduleFlush)
    }

    @Test mutating func failsAtOnceWhileBackingOff() throws {
        _ = try submit("a")
        let ending = ended(1, failure)
        #expect(ending.deliveries.map(\.waiter) == ["a"])
        #expect(ending.reconnection == nil)
        #expect(try submit("b") == .fail(failure))
        #expect(machine.submit([try request("c")], now: start + .milliseconds(49)) == .fail(failure))
        #expect(machine.submit([try request("d")], now: start + .milliseconds(50)) == .connect(.init(id: 2)))
    }

    @Test mutating func backsOffLongerWithEachFailureAndAnewAfterASuccess() throws {
        var now = start
        for (attempt, delay) in [50, 100, 200, 400, 800, 1000, 1000].enumerated() {
            #expect(machine.submit([try request("a")], now: now) == .connect(.init(id: attempt + 1)))
            _ = ended(attempt + 1, failure, at: now)
            #expect(machine.submit([try request("a")], now: now + .milliseconds(Int64(delay - 1))) == .fail(failure))
            now = now + .milliseconds(Int64(delay))
        }
        #expect(machine.submit([try request("a")], now: now) == .connect(.init(id: 8)))
        #expect(isWanted(8))
        _ = flush()
        _ = ended(8, loss, at: now)
        #expect(machine.submit([try request("a")], now: now) == .connect(.init(id: 9)), "at once after a loss")
        _ = ended(9, failure, at: now)
        #expect(machine.submit([try request("a")], now: now + .milliseconds(50)) == .connect(.init(id: 10)))
    }

    @Test mutating func sendsARepeatableCommandOnceMore() throws {
        try connect()
        _ = try submit("a", repeatable: true)
        _ = try submit("b")
        _ = try submit("c", repeatable: true)
        _ = flush()
        _ = try submit("d")
        let ending = ended(1, loss)
        #expect(ending.deliveries.map(\.waiter) == ["b"])
        #expect(ending.deliveries.map(\.outcome) == [.failure(loss)])
        #expect(ending.reconnection?.id == 2)
        #expect(isWanted(2))
        #expect(try flush() == wire("a", "c", "d"), "what was written first goes first again")
        #expect(ended(2, loss).deliveries.map(\.waiter) == ["a", "c", "d"], "and not a third time")
    }

    @Test mutating func oversizedReplyIsTheEndOfItsCommandOnly() throws {
        try connect()
        _ = try submit("a", repeatable: true)
        _ = try submit("b")
        _ = flush()
        let ending = ended(1, RedisError(.replyTooLarge, "large"))
        #expect(ending.deliveries.map(\.waiter) == ["a", "b"])
        #expect(
            ending.deliveries.map(\.outcome) == [
                .failure(RedisError(.replyTooLarge, "large")), .failure(RedisError(.connectionLost, "large")),
            ]
        )
    }

    @Test mutating func sendsARepeatableTransactionWholeOnceMore() throws {
        let transaction = try OutgoingCommands(transaction: [.get("a"), .get("b")])
        let deadline = start + .seconds(5)
        let whole = Request(waiter: "t", firstSlot: 0, commands: transaction, deadline: deadline)
        #expect(machine.submit([whole], now: start) == .connect(.init(id: 1)))
        _ = machine.connected(1, now: start)
        #expect(flush() == transaction.bytes)
        #expect(
            machine.receive([.string("OK"), .string("QUEUED")], on: 1, now: start).deliveries.map(\.slot) == [0, 1]
        )
        #expect(ended(1, loss).reconnection?.id == 2)
        _ = machine.connected(2, now: start)
        #expect(flush() == transaction.bytes)
        let deliveries = machine.receive([.null, .null, .null, .null], on: 2, now: start).deliveries
        #expect(deliveries.map(\.slot) == [0, 1, 2, 3])
    }

    @Test mutating func leavesOutWhomNobodyWaitsFor() throws {
        try connect()
        _ = try submit("gone 1")
        _ = try submit("a", repeatable: true)
        #expect(try flush() == wire("a"))
        _ = try submit("gone 2", repeatable: true)
        _ = flush()
        #expect(ended(1, loss).deliveries.isEmpty)
    }

    @Test mutating func expiredCommandKeepsItsPlace() throws {
        try connect()
        _ = machine.submit([try request("a")], now: start)
        _ = machine.submit([try request("b", at: start + .seconds(2))], now: start)
        _ = flush()
        #expect(machine.armTimer() == start + .seconds(5))
        #expect(machine.armTimer() == nil, "one timer is enough")
        let expiry = machine.expire(now: start + .seconds(5))
        #expect(expiry.deliveries.map(\.waiter) == ["a"])
        #expect(machine.armTimer() == start + .seconds(7))
        #expect(
            machine.receive([.integer(1), .integer(2)], on: 1, now: start).deliveries.map(\.outcome) == [
                .success(.integer(2))
            ]
        )
        #expect(machine.expire(now: start + .seconds(7)).deliveries.isEmpty)
        #expect(machine.armTimer() == nil)
    }

    @Test mutating func connectionWithoutAnyAnswerIsStuck() throws {
        try connect()
        _ = machine.submit([try request("a")], now: start)
        _ = machine.flush(now: start + .seconds(1)) { _ in false }
        #expect(machine.expire(now: start + .seconds(5)).isStuck)
    }

    @Test mutating func connectionThatAnswersIsNotStuck() throws {
        try connect()
        _ = try submit("a")
        _ = try submit("b")
        _ = flush()
        _ = machine.receive([.null], on: 1, now: start + .seconds(4))
        let expiry = machine.expire(now: start + .seconds(5))
        #expect(expiry.deliveries.map(\.waiter) == ["b"])
        #expect(!expiry.isStuck)
    }

    @Test mutating func commandExpiresWhileConnecting() throws {
        _ = try submit("a")
        _ = machine.armTimer()
        let expiry = machine.expire(now: start + .seconds(5))
        #expect(expiry.deliveries.map(\.waiter) == ["a"])
        #expect(!expiry.isStuck)
        #expect(try submit("b") == .scheduleFlush, "the timer has to be set anew")
        _ = machine.connected(1, now: start)
        #expect(try flush() == wire("b"))
    }

    @Test mutating func newsOfAnOldConnectionChangesNothing() throws {
        try connect()
        _ = ended(1, loss)
        #expect(try submit("a") == .connect(.init(id: 2)))
        #expect(!isWanted(1))
        #expect(ended(1, loss).deliveries.isEmpty)
        #expect(isWanted(2))
        _ = flush()
        #expect(machine.receive([.null], on: 1, now: start).deliveries.isEmpty)
        #expect(machine.receive([.null], on: 2, now: start).deliveries.map(\.waiter) == ["a"])
    }

    @Test mutating func closingFailsAllAndIsForGood() throws {
        try connect()
        _ = try submit("a", repeatable: true)
        _ = flush()
        _ = try submit("b")
        let endings = machine.close()
        #expect(endings.map(\.waiter) == ["a", "b"])
        for case .failure(let error) in endings.map(\.outcome) { #expect(error.code == .closed) }
        #expect(machine.close().isEmpty)
        #expect(ended(1, loss).reconnection == nil)
        guard case .fail(let error) = try submit("c") else { return #expect(Bool(false)) }
        #expect(error.code == .closed)
    }

    @Test mutating func connectionThatIsReadyAfterClosingIsNotWanted() throws {
        _ = try submit("a")
        _ = machine.close()
        #expect(!isWanted(1))
        #expect(!machine.awaitsConnection(1))
    }
}
