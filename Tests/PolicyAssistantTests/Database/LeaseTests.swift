import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct LeaseTests {
    private func acquire(_ holder: String, in redis: RedisClient) async throws -> Lease.Acquisition {
        try await Lease.acquire(.syncLock, holder: holder, for: .seconds(30), in: redis, lossError: .syncLockLost)
    }

    @Test func tellsTheSecondWhoTheFirstIs() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                guard case .acquired = try await acquire("host-a 17 now", in: redis) else {
                    Issue.record("a free lock was not given")
                    return
                }
                guard case .held(let holder) = try await acquire("host-b 18 later", in: redis) else {
                    Issue.record("a lock was given twice")
                    return
                }
                #expect(holder.words == ["host-a", "17", "now"])
            }
        }
    }

    @Test func onlyItsHolderRenewsAndReleasesIt() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                guard case .acquired(let lease) = try await acquire("host-a 17 now", in: redis) else {
                    Issue.record("a free lock was not given")
                    return
                }
                let stranger = Lease(key: lease.key, token: "guess", lossError: .syncLockLost)
                #expect(try await lease.renew(for: .seconds(60), in: redis))
                #expect(try await !stranger.renew(for: .seconds(60), in: redis))
                try await stranger.release(in: redis)
                #expect(try await redis.send(.exists(lease.key.name)).integer == 1)
                try await lease.release(in: redis)
                #expect(try await redis.send(.exists(lease.key.name)).integer == 0)
            }
        }
    }

    @Test func holdsBothOfItsKeysOrNeither() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                func take(_ holder: String) async throws -> Lease? {
                    let acquisition = try await Lease.acquire(
                        .syncLock,
                        with: .formerSyncLock,
                        holder: holder,
                        for: .seconds(30),
                        in: redis,
                        lossError: .syncLockLost
                    )
                    guard case .acquired(let lease) = acquisition else { return nil }
                    return lease
                }
                _ = try await redis.send(.set("lock:sync", "0123 other-host 1 then"))
                #expect(try await take("host-a 17 now") == nil)
                #expect(try await redis.send(.exists("sync:lock")).integer == 0)
                _ = try await redis.send(.del("lock:sync"))
                let lease = try #require(try await take("host-a 17 now"))
                for key in ["sync:lock", "lock:sync"] {
                    #expect(try await redis.send(.get(key)).string == lease.token)
                }
                #expect(try await lease.renew(for: .seconds(60), in: redis))
                _ = try await redis.send(.set("lock:sync", "0123 other-host 1 then"))
                #expect(try await !lease.renew(for: .seconds(60), in: redis), "one is another's by now")
                try await lease.release(in: redis)
                #expect(try await redis.send(.exists("sync:lock")).integer == 0)
                #expect(try await redis.send(.get("lock:sync")).string == "0123 other-host 1 then")
            }
        }
    }

    @Test func endsByItself() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                guard case .acquired(let lease) = try await acquire("host-a 17 now", in: redis) else {
                    Issue.record("a free lock was not given")
                    return
                }
                let remaining = try await redis.send(RedisCommand("PTTL", [lease.key.name])).integer ?? 0
                #expect((1...30_000).contains(remaining))
            }
        }
    }

    @Test func itsHolderStopsRelyingOnItBeforeItEnds() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                guard
                    case .acquired(let lease) = try await Lease.acquire(
                        .syncLock,
                        holder: "host-a 17 now",
                        for: Lease.margin / 2,
                        in: redis,
                        lossError: .userBusy
                    )
                else {
                    Issue.record("a free lock was not given")
                    return
                }
                let error = #expect(throws: PolicyAssistantError.self) { try lease.check() }
                #expect(error?.code == .userBusy, "the error is the one that its holder gave")
                #expect(try await lease.renew(for: .seconds(600), in: redis))
                #expect(throws: Never.self) { try lease.check() }
            }
        }
    }
}
