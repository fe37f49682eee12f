import Logging
import Synchronization
import Testing

@testable import PolicyServer

@Suite struct PublishedKeysTests {
    /// An identity provider, and the time.
    private final class World: Sendable {
        struct State {
            var now = ContinuousClock.now
            var published: [String] = ["first"]
            var isDown = false
            var fetches = 0
        }

        let state = Mutex(State())

        var fetches: Int { state.withLock(\.fetches) }

        func pass(_ duration: Duration) {
            state.withLock { $0.now += duration }
        }

        func publish(_ ids: String...) {
            state.withLock { $0.published = ids }
        }

        func goDown() {
            state.withLock { $0.isDown = true }
        }

        func fetch() throws -> [UInt8] {
            let state = state.withLock { state in
                state.fetches += 1
                return state
            }
            if state.isDown { throw Down() }
            return Array(#"{"keys":[\#(state.published.map(Self.key).joined(separator: ","))]}"#.utf8)
        }

        /// The key of RFC 7515, appendix A.3, by any name.
        private static func key(_ id: String) -> String {
            """
            {"kty":"EC","kid":"\(id)","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",\
            "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}
            """
        }
    }

    private struct Down: Error {}

    private func keys(_ world: World) -> PublishedKeys {
        PublishedKeys(
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            now: { world.state.withLock(\.now) },
            fetch: { try world.fetch() }
        )
    }

    private func has(_ id: String, _ keys: PublishedKeys) async throws -> Bool {
        try await !keys.algorithms("ES256", key: id).isEmpty
    }

    @Test func fetchesForUnknownKeysAreLimited() async throws {
        let world = World()
        let keys = keys(world)
        #expect(try await has("first", keys))
        #expect(world.fetches == 1)
        world.publish("first", "second")
        #expect(try await !has("second", keys), "it was asked for a moment ago")
        world.pass(PublishedKeys.pause - .seconds(1))
        #expect(try await !has("second", keys))
        #expect(world.fetches == 1)
        world.pass(.seconds(1))
        #expect(try await has("second", keys))
        #expect(try await has("first", keys))
        #expect(world.fetches == 2)
    }

    @Test func regularRefreshDoesNotDelayTheOneForAnUnknownKey() async throws {
        let world = World()
        let keys = keys(world)
        await keys.refresh()
        world.publish("second")
        #expect(try await has("second", keys))
        #expect(try await !has("first", keys))
        #expect(world.fetches == 2)
    }

    @Test func keepsTheLastKeysDuringAnOutage() async throws {
        let world = World()
        let keys = keys(world)
        #expect(try await has("first", keys))
        world.goDown()
        await keys.refresh()
        #expect(world.fetches == 2)
        #expect(try await has("first", keys))
        world.pass(PublishedKeys.pause)
        #expect(try await !has("second", keys))
        #expect(try await has("first", keys))
    }

    @Test func unavailableWithoutAnyKeys() async throws {
        let world = World()
        world.goDown()
        let keys = keys(world)
        for _ in 0..<3 {
            await #expect {
                _ = try await keys.algorithms("ES256", key: "first")
            } throws: {
                ($0 as? Problem)?.code == "identity_unavailable"
            }
        }
        #expect(world.fetches == 1)
    }

    @Test func concurrentRequestsShareAFetch() async throws {
        let world = World()
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
        let keys = PublishedKeys(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) {
            beginning.yield()
            for await _ in gate { break }
            return try world.fetch()
        }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask { try await has("first", keys) }
            for await _ in begun { break }
            for _ in 0..<20 { group.addTask { try await has("first", keys) } }
            opening.yield()
            opening.finish()
            for try await isThere in group { #expect(isThere) }
        }
        #expect(world.fetches == 1)
    }

    @Test func cancelledRequestDoesNotCancelTheSharedFetch() async throws {
        let world = World()
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
        let keys = PublishedKeys(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }) {
            beginning.yield()
            for await _ in gate { break }
            try Task.checkCancellation()
            return try world.fetch()
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = try? await keys.algorithms("ES256", key: "first") }
            for await _ in begun { break }
            group.cancelAll()
            opening.yield()
        }
        #expect(try await has("first", keys))
        #expect(world.fetches == 1)
    }
}
