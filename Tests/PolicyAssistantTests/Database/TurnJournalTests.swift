import Foundation
import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct TurnJournalTests {
    private let turn = TurnID()

    private func withJournal(_ body: (TurnJournal, RedisClient, UserID) async throws -> Void) async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                try await body(TurnJournal(redis: redis), redis, try UserID("ana"))
            }
        }
    }

    private let answer = Answer(
        text: "27 days",
        citations: [Citation(fileID: "file-1", filename: "leave.md", quote: "27 days of leave")],
        threadID: "conv_1",
        responseID: "resp_1",
        revision: 3,
        usage: TokenUsage(input: 1, output: 2, total: 3)
    )

    @Test(arguments: [AnswerConfidence.unsure, nil])
    func piecesOfTextHaveTheSameJSONInBothCodings(confidence: AnswerConfidence?) throws {
        let event = TurnEvent.delta("27 \"days\"\n„ü“/\u{1}😀", confidence: confidence)
        let decoded = try JSONDecoder().decode(TurnEvent.self, from: Data(try TurnJournal.text(of: event).utf8))
        let read = try TurnJournal.event(in: String(decoding: try JSONEncoder().encode(event), as: UTF8.self))
        for event in [decoded, read] {
            guard case .delta("27 \"days\"\n„ü“/\u{1}😀", confidence) = event else {
                Issue.record("\(event)")
                continue
            }
        }
        #expect(throws: DecodingError.self) { try TurnJournal.event(in: #"{"delta":"a","confidence":"new"}"#) }
    }

    @Test func keepsAllThatHappenedInOrder() async throws {
        try await withJournal { journal, redis, ana in
            _ = try await journal.open(turn, by: ana, claiming: nil)
            let events: [TurnEvent] = [.delta("27 "), .delta("days\n„ü“"), .citation(answer.citations[0])]
            try await journal.append(events, first: 1, to: turn, claiming: nil, of: ana)
            let begun = try #require(try await journal.events(of: turn, after: 1))
            #expect(try await journal.user(of: turn) == ana)
            #expect(begun.events.count == 2)
            #expect(begun.isOwnerAlive)
            // The answer of Redis was lost: the same is sent again, with one more.
            try await journal.append(events + [.done(answer)], first: 1, to: turn, claiming: nil, of: ana)
            let ended = try #require(try await journal.events(of: turn, after: 0))
            #expect(ended.events.count == 4)
            guard case .done(let kept) = ended.events.last else {
                Issue.record("the answer was not kept")
                return
            }
            #expect(kept == answer)
            let remaining = try await redis.send(RedisCommand("PTTL", ["turn:\(turn)"])).integer ?? 0
            #expect(remaining > 0 && remaining <= TurnJournal.retention.milliseconds)
            #expect(try await redis.send(.exists("turn:\(turn):owner")).integer == 0)
        }
    }

    @Test func tellsTheReplicaThatRunsATurnToEndIt() async throws {
        try await withJournal { journal, redis, ana in
            _ = try await journal.open(turn, by: ana, claiming: nil)
            #expect(try await !journal.append([.delta("27 ")], first: 1, to: turn, claiming: nil, of: ana))
            try await journal.requestEnd(of: turn)
            #expect(try await redis.send(RedisCommand("PTTL", ["turn:\(turn):owner"])).integer ?? -1 > 0)
            #expect(try await journal.append([.delta("days")], first: 2, to: turn, claiming: nil, of: ana))
            #expect(try await journal.append([], first: 3, to: turn, claiming: nil, of: ana), "until it has ended")
        }
    }

    @Test func notesAResponseAsSoonAsItIsBegun() async throws {
        try await withJournal { journal, redis, ana in
            _ = try await journal.open(turn, by: ana, claiming: nil)
            let thread = ThreadRecord(
                id: "conv_1",
                upstreamProtocol: .responses,
                baseURL: "embedded",
                revision: 1,
                createdAt: nil,
                lastUsedAt: nil
            )
            let trace = TurnTrace(thread: thread, responses: ["resp_1"])
            try await journal.append([.delta("27 ")], first: 1, to: turn, claiming: nil, of: ana, noting: trace)
            #expect(try await ThreadsDatabase(redis: redis).responses(of: "conv_1") == ["resp_1"])
            #expect(try await journal.events(of: turn, after: 0)?.events.count == 1)
        }
    }

    @Test func listsTheKeysOfAUsersTurnsForAsLongAsTheyAreThere() async throws {
        try await withJournal { journal, redis, ana in
            _ = try await redis.send(RedisCommand("ZADD", ["turns:ana", "1", "turn:long-gone"]))
            let key = try IdempotencyKey("k", for: "How much leave?")
            _ = try await journal.open(turn, by: ana, claiming: key)
            try await journal.append([.delta("27 ")], first: 1, to: turn, claiming: key, of: ana)
            let keys = try await redis.send(RedisCommand("ZRANGE", ["turns:ana", "0", "-1"])).array ?? []
            #expect(Set(keys.compactMap(\.string)) == ["turn:\(turn)", RedisKey.idempotency(key, of: ana).name])
            let lifetime = try await redis.send(RedisCommand("PTTL", ["turns:ana"])).integer ?? 0
            #expect(lifetime > 0 && lifetime <= TurnJournal.retention.milliseconds)
        }
    }

    @Test func leavesATurnThatIsOverAsItIs() async throws {
        try await withJournal { journal, redis, ana in
            _ = try await journal.open(turn, by: ana, claiming: nil)
            try await journal.append([.done(answer)], first: 1, to: turn, claiming: nil, of: ana)
            try await journal.requestEnd(of: turn)
            #expect(try await redis.send(.exists("turn:\(turn):owner")).integer == 0)
        }
    }

    @Test func keepsAnErrorAsItsCallersSeeIt() async throws {
        try await withJournal { journal, _, ana in
            _ = try await journal.open(turn, by: ana, claiming: nil)
            try await journal.append([.failed(.userBusy)], first: 1, to: turn, claiming: nil, of: ana)
            guard case .failed(let error) = try await journal.events(of: turn, after: 0)?.events.last else {
                Issue.record("the error was not kept")
                return
            }
            #expect(error.code == .userBusy)
            #expect(error.retryAfter == PolicyAssistantError.userBusy.retryAfter)
        }
    }

    @Test func knowsThatTheReplicaOfATurnIsGone() async throws {
        try await withJournal { journal, redis, ana in
            _ = try await journal.open(turn, by: ana, claiming: nil)
            _ = try await redis.send(.del("turn:\(turn):owner"))
            #expect(try await journal.events(of: turn, after: 0)?.isOwnerAlive == false)
            #expect(try await journal.events(of: TurnID(), after: 0) == nil)
            #expect(try await journal.user(of: TurnID()) == nil)
        }
    }

    @Test func manyTurnsAreReadInOneCall() async throws {
        try await withJournal { journal, redis, ana in
            let (ended, running, abandoned) = (TurnID(), TurnID(), TurnID())
            for turn in [ended, running, abandoned] { _ = try await journal.open(turn, by: ana, claiming: nil) }
            try await journal.append([.delta("27 "), .done(answer)], first: 1, to: ended, claiming: nil, of: ana)
            try await journal.append([.delta("1"), .delta("2")], first: 1, to: running, claiming: nil, of: ana)
            _ = try await redis.send(.del("turn:\(abandoned):owner"))
            let turns = [(ended, 2), (ended, 0), (turn, 0), (running, 1), (running, 7), (abandoned, 0), (abandoned, 9)]
            let excerpts = try await journal.excerpts(of: turns)
            #expect(excerpts.map { $0?.events.count } == [0, 2, nil, 1, 0, 0, 0])
            #expect(excerpts.map { $0?.isOver } == [true, true, nil, false, false, false, false])
            #expect(excerpts.map { $0?.isOwnerAlive } == [false, false, nil, true, true, false, false])
        }
    }

    @Test func aKeyStandsForOneTurnOfItsUserAndOneQuestion() async throws {
        try await withJournal { journal, _, ana in
            let key = try IdempotencyKey("k", for: "How much leave?")
            guard case .granted = try await journal.open(turn, by: ana, claiming: key) else {
                Issue.record("a new key was not granted")
                return
            }
            guard case .taken(let other) = try await journal.open(TurnID(), by: ana, claiming: key), other == turn
            else {
                Issue.record("a repetition was not known")
                return
            }
            let another = try IdempotencyKey("k", for: "How much notice?")
            guard case .mismatched = try await journal.open(TurnID(), by: ana, claiming: another) else {
                Issue.record("another question was taken for the same")
                return
            }
            guard case .granted = try await journal.open(TurnID(), by: try UserID("ben"), claiming: key) else {
                Issue.record("another user's key was in the way")
                return
            }
        }
    }

    @Test func aKeyOfATurnWithoutAnAnswerCanBeUsedAgain() async throws {
        try await withJournal { journal, redis, ana in
            let key = try IdempotencyKey("k", for: "How much leave?")
            let (failed, abandoned, answered) = (TurnID(), TurnID(), TurnID())
            _ = try await journal.open(failed, by: ana, claiming: key)
            try await journal.append([.failed(.noAnswer)], first: 1, to: failed, claiming: key, of: ana)
            guard case .granted = try await journal.open(abandoned, by: ana, claiming: key) else {
                Issue.record("the failed turn is in the way")
                return
            }
            _ = try await redis.send(.del("turn:\(abandoned):owner"))
            guard case .granted = try await journal.open(answered, by: ana, claiming: key) else {
                Issue.record("the abandoned turn is in the way")
                return
            }
            // The replica of the abandoned turn was only slow.
            try await journal.append([.failed(.noAnswer)], first: 1, to: abandoned, claiming: key, of: ana)
            try await journal.append([.done(answer)], first: 1, to: answered, claiming: key, of: ana)
            guard case .taken(let kept) = try await journal.open(TurnID(), by: ana, claiming: key), kept == answered
            else {
                Issue.record("the answer was lost")
                return
            }
        }
    }

    @Test(arguments: ["", String(repeating: "k", count: 256)])
    func refusesKeysThatAreNone(_ word: String) {
        #expect(throws: PolicyAssistantError.self) { try IdempotencyKey(word, for: "x") }
    }

    @Test func namesOfTurnsAreRead() {
        #expect(TurnID(turn.description) == turn)
        #expect(TurnID("turn_") == nil)
        #expect(TurnID("turn_" + String(repeating: "*", count: 32)) == nil)
    }
}
