import HTTPClient
import Logging
import OpenAI
import Redis
import Synchronization
import TestSupport
import Testing

@testable import PolicyAssistant

/// How often a turn waits for Redis.
@Suite struct RoundTripTests {
    private final class RoundTrips: Sendable {
        let count = Atomic(0)

        func add(_: RedisRoundTrip) { count.add(1, ordering: .relaxed) }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func anOrdinaryTurnTakesThree(api: UpstreamAPI) async throws {
        try await withChatFixture(over: api) { fixture in
            let (roundTrips, logger) = (RoundTrips(), Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            let clients = (0...1).map { database in
                RedisClient(
                    configuration: fixture.redis.configuration(database: database),
                    logger: logger,
                    onRoundTrip: roundTrips.add
                )
            }
            let configuration = OpenAIConfiguration(baseURL: fixture.upstream.baseURL, apiKey: "sk-test")
            let assistant = Assistant(
                settings: fixture.settings,
                threadsRedis: clients[0],
                filesRedis: clients[1],
                openAI: try OpenAIClient(configuration: configuration, http: try HTTPClient()),
                logger: logger
            )
            let ana = try UserID("ana")
            for question in ["One", "Two"] { _ = try await assistant.answer(Question(question, by: ana)) }
            let before = roundTrips.count.load(ordering: .relaxed)
            _ = try await assistant.answer(Question("Three", by: ana))
            #expect(roundTrips.count.load(ordering: .relaxed) - before == 3)
            for client in clients { await client.close() }
        }
    }
}
