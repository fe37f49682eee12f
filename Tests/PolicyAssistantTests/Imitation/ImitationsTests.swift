import Foundation
import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct ImitationsTests {
    private func withImitations(_ body: (Imitations, RedisClient) async throws -> Void) async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in try await body(Imitations(redis: redis), redis) }
        }
    }

    private let pairs = [
        StylePair(prompt: "When does the train leave?", reply: "soon!! bring coffee"),
        StylePair(prompt: "How is the weather in Bergen", reply: "rain, what else"),
    ]

    @Test func keepsTheConsentWithThePairs() async throws {
        try await withImitations { imitations, _ in
            let made = try await imitations.record("Ben", for: "ben", pairs: pairs, consent: "Ben himself, 29 November")
            #expect(made.pairCount == 2)
            let listed = try await imitations.list()
            #expect(listed.map(\.role) == ["ben"] && listed.map(\.person) == ["Ben"] && listed.map(\.pairCount) == [2])
            #expect(listed.map(\.consent) == ["Ben himself, 29 November"] && listed.first?.createdAt != nil)
        }
    }

    @Test func forgettingLeavesNoTrace() async throws {
        try await withImitations { imitations, redis in
            _ = try await imitations.record("Ben", for: "ben", pairs: pairs, consent: "Ben")
            let examples = try #require(try await imitations.examples(ofRole: "ben"))
            #expect(try await examples.instructions(for: "train").contains("bring coffee"))
            try await imitations.forget("ben")
            #expect(try await redis.send(RedisCommand("DBSIZE", [])).integer == 0)
            #expect(try await imitations.examples(ofRole: "ben") == nil)
            // Also for a question that was being asked.
            #expect(try await examples.instructions(for: "train").isEmpty)
            let error = await #expect(throws: PolicyAssistantError.self) { try await imitations.forget("ben") }
            #expect(error?.code == .imitationNotFound)
        }
    }

    @Test func aRoleImitatesOnePersonAtATime() async throws {
        try await withImitations { imitations, _ in
            _ = try await imitations.record("Ben", for: "r", pairs: pairs, consent: "Ben")
            _ = try await imitations.record(
                "Ana",
                for: "r",
                pairs: [StylePair(prompt: "Hi", reply: "Good day to you")],
                consent: "Ana"
            )
            let examples = try #require(try await imitations.examples(ofRole: "r"))
            #expect(examples.mark == ImitationMark(of: "Ana"))
            let text = try await examples.instructions(for: "train")
            #expect(text.contains("Good day to you") && !text.contains("coffee"))
        }
    }

    @Test func keepsTheNewestPairsWithinBounds() async throws {
        try await withImitations { imitations, redis in
            let many = (0..<3_000).map {
                StylePair(prompt: "p", reply: "reply" + String(repeating: "x", count: $0 % 7))
            }
            let made = try await imitations.record("Ben", for: "ben", pairs: many, consent: "Ben")
            #expect(made.pairCount == Imitations.maximumPairs)
            let long = (0..<3_000).map { _ in StylePair(prompt: String(repeating: "é", count: 500), reply: "ok") }
            let bounded = try await imitations.record(
                "Ben",
                for: "ben",
                pairs: long + [StylePair(prompt: "the newest", reply: "ok")],
                consent: "Ben"
            )
            #expect((900..<Imitations.maximumPairs).contains(bounded.pairCount))
            let json = try await redis.send(.hget("imitation:ben", "pairs")).string ?? ""
            #expect(json.utf8.count <= Imitations.maximumBytes)
            let examples = try #require(try await imitations.examples(ofRole: "ben"))
            #expect(try await examples.instructions(for: "newest").contains("the newest"))
        }
    }

    @Test func refusesWhatCannotBeKept() async throws {
        try await withImitations { imitations, redis in
            let long = [
                StylePair(prompt: "p", reply: String(repeating: "x", count: 501)), StylePair(prompt: "", reply: "x"),
            ]
            for (person, role, pairs, consent, field) in [
                ("Ben", "", pairs, "Ben", "role"), ("Ben", String(repeating: "r", count: 21), pairs, "Ben", "role"),
                ("", "r", pairs, "Ben", "person"), ("Ben", "r", pairs, " ", "consent"),
                ("Ben", "r", pairs, "a\nb", "consent"),
                ("Ben", "r", long, "Ben", "pairs"),
            ] {
                let error = await #expect(throws: PolicyAssistantError.self) {
                    try await imitations.record(person, for: role, pairs: pairs, consent: consent)
                }
                #expect(error?.code == .invalidField && error?.field == field)
            }
            let keys = try await redis.send(RedisCommand("DBSIZE", [])).integer
            #expect(keys == 0)
        }
    }
}
