import Logging
import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct TurnJournalWriterTests {
    private func withKeeper(
        _ body: (TurnJournalWriter, TurnJournal, RedisServer) async throws -> Void
    ) async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let journal = TurnJournal(redis: redis)
                let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
                try await body(TurnJournalWriter(journal: journal, logger: logger), journal, server)
            }
        }
    }

    private let question = Question("How many days of leave do I get?", by: .anonymous)

    /// The texts of a turn's events in the journal, the last event apart, which has to be there.
    private func texts(of turn: TurnID, in journal: TurnJournal) async throws -> [String] {
        let excerpt = try #require(try await journal.events(of: turn, after: 0))
        #expect(excerpt.isOver)
        return excerpt.events.compactMap { event in
            if case .delta(let text, _) = event { text } else { nil }
        }
    }

    @Test func keepsTheEventsOfManyTurnsInOrder() async throws {
        try await withKeeper { keeper, journal, _ in
            let turns = (0..<200).map { _ in TurnID() }
            let kept = try await turns.mapConcurrently(limit: turns.count) { [question] turn in
                _ = try await journal.open(turn, by: question.user, claiming: nil)
                let log = keeper.open(turn, question) {}
                for text in ["27 ", "days ", "of leave"] { await log.append(.delta(text)) }
                await log.append(.failed(.turnCancelled))
                await keeper.finish(turn)
                return try await texts(of: turn, in: journal)
            }
            #expect(kept.allSatisfy { $0 == ["27 ", "days ", "of leave"] })
        }
    }

    @Test func lastEventIsTriedAgainUntilItIsKept() async throws {
        try await withKeeper { keeper, journal, server in
            let turn = TurnID()
            _ = try await journal.open(turn, by: question.user, claiming: nil)
            try await server.withClient { redis in
                _ = try await redis.send(RedisCommand("ACL", ["SETUSER", "default", "-rpush"]))
                let log = keeper.open(turn, question) {}
                await log.append(.failed(.turnCancelled))
                try await until { try await redis.send(RedisCommand("ACL", ["LOG"])).array?.isEmpty == false }
                _ = try await redis.send(RedisCommand("ACL", ["SETUSER", "default", "+rpush"]))
            }
            await keeper.finish(turn)
            #expect(try await texts(of: turn, in: journal).isEmpty)
        }
    }

    @Test func catchesUpWithWhatCameWhileRedisStoodStill() async throws {
        try await withKeeper { keeper, journal, server in
            let turn = TurnID()
            _ = try await journal.open(turn, by: question.user, claiming: nil)
            let log = keeper.open(turn, question) {}
            server.freeze()
            for text in ["27 ", "days"] { await log.append(.delta(text)) }
            await log.append(.failed(.turnCancelled))
            server.thaw()
            await keeper.finish(turn)
            #expect(try await texts(of: turn, in: journal) == ["27 ", "days"])
        }
    }

    @Test func finishesATurnThatCannotBeKept() async throws {
        try await withKeeper { keeper, _, server in
            let turn = TurnID()
            let log = keeper.open(turn, question) {}
            await server.stop()
            await log.append(.failed(.turnCancelled))
            await keeper.finish(turn)
        }
    }

    @Test func passesOnThatATurnIsToEnd() async throws {
        try await withKeeper { keeper, journal, _ in
            let (turn, isToEnd) = (TurnID(), Gate())
            _ = try await journal.open(turn, by: question.user, claiming: nil)
            let log = keeper.open(turn, question) { isToEnd.open() }
            try await journal.requestEnd(of: turn)
            // A sign of life learns of it, too: the turn need not tell anything.
            keeper.giveSignsOfLife()
            await isToEnd.wait()
            await log.append(.failed(.turnCancelled))
            await keeper.finish(turn)
        }
    }
}
