import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct TurnFollowingTests {
    /// How often lists were read in a database's server.
    private func readings(_ redis: RedisClient) async throws -> Int {
        let statistics = try await redis.send(RedisCommand("INFO", ["commandstats"])).string ?? ""
        return statistics.firstMatch(of: /cmdstat_lrange:calls=(\d+)/).flatMap { Int($0.output.1) } ?? 0
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

    /// What a follower gets: the events' numbers with their texts.
    private func texts(of turn: Turn, after number: Int) async throws -> [String] {
        try await turn.events(after: number).enumerated().map { offset, event in
            let text = if case .delta(let text, _) = event { text } else { "its end" }
            return "\(number + 1 + offset): \(text)"
        }
    }
}
