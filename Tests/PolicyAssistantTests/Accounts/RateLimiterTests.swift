import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct RateLimiterTests {
    private func withLimiter(
        perUser: Int,
        total: Int,
        _ body: (RateLimiter, RedisClient) async throws -> Void
    ) async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                try await body(RateLimiter(redis: redis, limits: RateLimits(perUser: perUser, total: total)), redis)
            }
        }
    }

    @Test func letsInAsManyAsTheLimitAndThenNoMore() async throws {
        // One in twenty seconds comes back, far more than the test takes.
        try await withLimiter(perUser: 3, total: 0) { limiter, _ in
            let ana = try UserID("ana")
            for left in [2, 1, 0] {
                let verdict = try #require(try await limiter.admit(ana))
                #expect(verdict.retryAfter == nil)
                #expect(verdict.quotas.map(\.name) == ["user"])
                #expect(verdict.quotas.first?.limit == 3)
                #expect(verdict.quotas.first?.remaining == left)
            }
            let refused = try #require(try await limiter.admit(ana))
            let wait = try #require(refused.retryAfter)
            #expect(wait > .zero && wait <= .seconds(20))
            #expect(refused.quotas.first?.remaining == 0)
            #expect(try await limiter.admit(UserID("ben"))?.retryAfter == nil, "the limit is each user's own")
        }
    }

    @Test func aRefusalTakesNothingFromEitherLimit() async throws {
        try await withLimiter(perUser: 1, total: 3) { limiter, _ in
            let ana = try UserID("ana")
            #expect(try await limiter.admit(ana)?.retryAfter == nil)
            for _ in 0..<5 {
                let refused = try #require(try await limiter.admit(ana))
                #expect(refused.retryAfter != nil)
                #expect(refused.quotas.map(\.remaining) == [0, 2])
            }
            for user in ["ben", "cem"] { #expect(try await limiter.admit(UserID(user))?.retryAfter == nil) }
            let refused = try #require(try await limiter.admit(UserID("dea")))
            #expect(refused.retryAfter != nil)
            #expect(refused.quotas.map(\.remaining) == [1, 0])
        }
    }

    @Test func whatWasSpentComesBackWithTime() async throws {
        try await withLimiter(perUser: 60, total: 0) { limiter, redis in
            let ana = try UserID("ana")
            for _ in 0..<60 { _ = try await limiter.admit(ana) }
            // Moves the moment at which the bucket is full a second back, as if a second had gone by.
            let key = "rate:\(ana.pseudonym)"
            let full = try #require(try await redis.send(.get(key)).integer)
            _ = try await redis.send(.set(key, String(full - 1_000_000), lifetime: .seconds(60)))
            #expect(try await limiter.admit(ana)?.retryAfter == nil)
        }
    }

    @Test func keysTellNoNamesAndEndByThemselves() async throws {
        try await withLimiter(perUser: 5, total: 5) { limiter, redis in
            let ana = try UserID("ana")
            _ = try await limiter.admit(ana)
            for key in ["rate:\(ana.pseudonym)", "rate:total"] {
                let life = try await redis.send(RedisCommand("PTTL", [key])).integer ?? -1
                #expect((1...60_000).contains(life))
            }
            #expect(try await redis.send(RedisCommand("DBSIZE")).integer == 2)
        }
    }

    @Test func withoutLimitsRedisIsNotAsked() async throws {
        try await withLimiter(perUser: 0, total: 0) { limiter, redis in
            await redis.close()
            let verdict = try await limiter.admit(UserID("ana"))
            #expect(verdict == nil)
        }
    }

    @Test func parallelQuestionsShareOneLimit() async throws {
        try await withLimiter(perUser: 10, total: 0) { limiter, _ in
            let ana = try UserID("ana")
            let admitted = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<40 { group.addTask { try await limiter.admit(ana)?.retryAfter == nil } }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            // A token comes back every six seconds.
            #expect((10...12).contains(admitted))
        }
    }
}
