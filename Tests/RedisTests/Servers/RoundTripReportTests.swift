import Logging
import Redis
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct RoundTripReportTests {
    @Test func reportsEveryWaitAndWhatFailedInIt() async throws {
        let roundTrips = RoundTrips()
        try await withRedisServer { server in
            let redis = RedisClient(
                configuration: server.configuration(),
                logger: Logger(label: "test"),
                onRoundTrip: roundTrips.add
            )
            _ = try await redis.send(.set("k", "v"))
            _ = try await redis.pipeline([.get("k"), .hgetall("k"), .get("k")])
            // Once by its hash, which the server does not know yet, and once by its source.
            _ = try await redis.evaluate(RedisScript("return 1"))
            await redis.close()
            await #expect(throws: RedisError.self) { try await redis.send(.ping) }
        }
        let made = roundTrips.made.withLock { $0 }
        #expect(made.map(\.failure) == [nil, .server, nil, nil, .closed])
        #expect(made.allSatisfy { $0.duration > .zero })
    }

    private final class RoundTrips: Sendable {
        let made = Mutex<[RedisRoundTrip]>([])

        func add(_ roundTrip: RedisRoundTrip) {
            made.withLock { $0.append(roundTrip) }
        }
    }
}
