import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct TurnFollowingTests {
    /// How often lists were read in a database's server.
    private func readings(_ redis: RedisClient) async throws -> Int {
        try await calls(redis).readings
    }

    /// How often lists were read in a database's server, and how often scripts ran.
    private func calls(_ redis: RedisClient) async throws -> (readings: Int, scripts: Int) {
        let statistics = try await redis.send(RedisCommand("INFO", ["commandstats"])).string ?? ""
        let readings = statistics.firstMatch(of: /cmdstat_lrange:calls=(\d+)/).flatMap { Int($0.output.1) }
        let scripts = statistics.firstMatch(of: /cmdstat_evalsha:calls=(\d+)/).flatMap { Int($0.output.1) }
        return (readings ?? 0, scripts ?? 0)
    }

    @Test func aFollowerThatKnowsMoreThanTheJournalGetsOnlyWhatFollows() async throws {
        try await withChatFixture { fixture in
            try await fixture.withAssistant { assistant in
                let (ana, id, journal) = (try UserID("ana"), TurnID(), assistant.turns.journal)
                _ = try await journal.open(id, by: ana, claiming: nil)
                try await journal.append([.delta("1")], first: 1, to: id, claiming: nil, of: ana)
                let turn = try await assistant.turns.find(id)
                let followed = try await fixture.redis.withClient { redis in
                    async let followed = texts(of: turn, after: 3)
                    // The follower has seen more than once that its events are not in the journal yet.
                    let before = try await readings(redis)
                    try await until { try await readings(redis) > before + 4 }
                    let rest: [TurnEvent] = [.delta("2"), .delta("3"), .delta("4"), .failed(.turnCancelled)]
                    try await journal.append(rest, first: 2, to: id, claiming: nil, of: ana)
                    return try await followed
                }
                #expect(followed == ["4: 4", "5: its end"])
            }
        }
    }

    @Test func allFollowersOfATurnShareOneReader() async throws {
        try await withChatFixture { fixture in
            try await fixture.withAssistant { assistant in
                let (ana, id, journal) = (try UserID("ana"), TurnID(), assistant.turns.journal)
                _ = try await journal.open(id, by: ana, claiming: nil)
                let words = (1...50).map { TurnEvent.delta("\($0)") }
                try await journal.append(words, first: 1, to: id, claiming: nil, of: ana)
                let turn = try await assistant.turns.find(id)
                // The later one comes, the earlier it begins.
                let followers = [50, 40, 20, 5, 0, 0, 30].map { ($0, turn.updates(after: $0).makeAsyncIterator()) }
                try await fixture.redis.withClient { redis in
                    let start = try await calls(redis)
                    var (before, after) = (start, start)
                    // The first call may find that Redis does not have the script yet.
                    try await until {
                        before = try await calls(redis)
                        return before.scripts > start.scripts + 2
                    }
                    try await until {
                        after = try await calls(redis)
                        return after.scripts > before.scripts + 5
                    }
                    #expect(after.readings - before.readings == after.scripts - before.scripts, "one for all followers")
                    try await journal.append([.failed(.turnCancelled)], first: 51, to: id, claiming: nil, of: ana)
                }
                for (number, follower) in followers {
                    var follower = follower
                    var next = number + 1
                    while case .events(let first, let events)? = try await follower.next() {
                        #expect(first == next)
                        next += events.count
                    }
                    #expect(next == 52)
                }
            }
        }
    }

    @Test func aFollowerIsToldThatTheTurnsReplicaIsGone() async throws {
        try await withChatFixture { fixture in
            try await fixture.withAssistant { assistant in
                let (ana, id, journal) = (try UserID("ana"), TurnID(), assistant.turns.journal)
                _ = try await journal.open(id, by: ana, claiming: nil)
                try await journal.append([.delta("1")], first: 1, to: id, claiming: nil, of: ana)
                let turn = try await assistant.turns.find(id)
                let (behind, ahead) = (turn.updates().makeAsyncIterator(), turn.updates(after: 5).makeAsyncIterator())
                try await fixture.redis.withClient { _ = try await $0.send(.del("turn:\(id):owner")) }
                for (follower, expected) in [(behind, ["1: 1", "2: turn_lost"]), (ahead, ["6: turn_lost"])] {
                    var (follower, found) = (follower, [String]())
                    while case .events(let first, let events)? = try await follower.next() {
                        for (offset, event) in events.enumerated() {
                            let text = if case .failed(let error) = event { "\(error.code)" } else { "1" }
                            found.append("\(first + offset): \(text)")
                        }
                    }
                    #expect(found == expected)
                }
            }
        }
    }

    @Test func aTurnThatIsForgottenWhileItIsFollowedIsNoTurn() async throws {
        try await withChatFixture { fixture in
            try await fixture.withAssistant { assistant in
                let (ana, id, journal) = (try UserID("ana"), TurnID(), assistant.turns.journal)
                _ = try await journal.open(id, by: ana, claiming: nil)
                let turn = try await assistant.turns.find(id)
                var follower = turn.updates().makeAsyncIterator()
                try await fixture.redis.withClient { redis in
                    for key in ["turn:\(id)", "turn:\(id):owner"] { _ = try await redis.send(.del(key)) }
                }
                let error = await #expect(throws: PolicyAssistantError.self) {
                    while try await follower.next() != nil {}
                }
                #expect(error?.code == .turnNotFound)
            }
        }
    }

    /// What a follower gets: the events' numbers with their texts.
    private func texts(of turn: Turn, after number: Int) async throws -> [String] {
        try await turn.events(after: number).enumerated().map { offset, event in
            let text = if case .delta(let text, _) = event { text } else { "its end" }
            return "\(number + 1 + offset): \(text)"
        }
    }
}
