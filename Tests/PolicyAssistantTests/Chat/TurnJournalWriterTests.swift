import Logging
import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct TurnJournalWriterTests {
    private func withWriter(
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

    /// Creates a turn whose events the writer writes.
    private func open(_ id: TurnID, in writer: TurnJournalWriter) -> RunningTurn {
        let turn = RunningTurn(
            id: id,
            owner: ThreadOwner(user: question.user),
            isJournaled: true,
            log: TurnLog { [weak writer] in writer?.wake(id) },
            elapsed: { .zero }
        )
        writer.open(turn, question)
        return turn
    }

    /// The texts of a turn's events in the journal, the last event apart, which has to be there.
    private func texts(of turn: TurnID, in journal: TurnJournal) async throws -> [String] {
        let excerpt = try #require(try await journal.events(of: turn, after: 0))
        #expect(excerpt.isOver)
        return excerpt.events.compactMap { event in
            if case .delta(let text, _) = event { text } else { nil }
        }
    }

    @Test func writesTheEventsOfManyTurnsInOrder() async throws {
        try await withWriter { writer, journal, _ in
            let turns = (0..<200).map { _ in TurnID() }
            let written = try await turns.mapConcurrently(limit: turns.count) { turn in
                _ = try await journal.open(turn, by: question.user, claiming: nil)
                let log = open(turn, in: writer).log
                for text in ["27 ", "days ", "of leave"] { await log.append(.delta(text)) }
                await log.append(.failed(.turnCancelled))
                await writer.finish(turn)
                return try await texts(of: turn, in: journal)
            }
            #expect(written.allSatisfy { $0 == ["27 ", "days ", "of leave"] })
        }
    }

    @Test func triesTheLastEventAgainUntilItIsWritten() async throws {
        try await withWriter { writer, journal, server in
            let turn = TurnID()
            _ = try await journal.open(turn, by: question.user, claiming: nil)
            try await server.withClient { redis in
                _ = try await redis.send(RedisCommand("ACL", ["SETUSER", "default", "-rpush"]))
                let log = open(turn, in: writer).log
                await log.append(.failed(.turnCancelled))
                try await until { try await redis.send(RedisCommand("ACL", ["LOG"])).array?.isEmpty == false }
                _ = try await redis.send(RedisCommand("ACL", ["SETUSER", "default", "+rpush"]))
            }
            await writer.finish(turn)
            #expect(try await texts(of: turn, in: journal).isEmpty)
        }
    }

    @Test func catchesUpWithWhatCameWhileRedisStoodStill() async throws {
        try await withWriter { writer, journal, server in
            let turn = TurnID()
            _ = try await journal.open(turn, by: question.user, claiming: nil)
            let log = open(turn, in: writer).log
            server.freeze()
            for text in ["27 ", "days"] { await log.append(.delta(text)) }
            await log.append(.failed(.turnCancelled))
            server.thaw()
            await writer.finish(turn)
            #expect(try await texts(of: turn, in: journal) == ["27 ", "days"])
        }
    }

    @Test func finishesATurnThatCannotBeWritten() async throws {
        try await withWriter { writer, _, server in
            let turn = TurnID()
            let log = open(turn, in: writer).log
            await server.stop()
            await log.append(.failed(.turnCancelled))
            await writer.finish(turn)
        }
    }

    @Test func endsATurnWhereAnotherReplicaAsksForIt() async throws {
        try await withWriter { writer, journal, _ in
            let id = TurnID()
            _ = try await journal.open(id, by: question.user, claiming: nil)
            let turn = open(id, in: writer)
            try await journal.requestEnd(of: id)
            // The renewal reads it, so that the turn need not emit anything.
            writer.renewOwnership()
            try await until { turn.endReason == .cancelled }
            await turn.log.append(.failed(.turnCancelled))
            await writer.finish(id)
        }
    }
}
