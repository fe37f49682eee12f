/// The keys that begin with a prefix, asked for page by page with SCAN.
///
/// A key that exists from the first to the last page is met at least once, perhaps more often; one that comes or goes
/// meanwhile may be met or not. Keys that are not valid UTF-8 are left out.
public struct RedisScan: AsyncSequence, Sendable {
    /// A key.
    public typealias Element = String

    let client: RedisClient
    let prefix: String
    let count: Int

    /// Begins at the first page.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(client: client, pattern: Self.escaped(prefix) + "*", count: count)
    }

    /// Returns a prefix such that Redis' glob patterns take each of its characters literally.
    static func escaped(_ prefix: String) -> String {
        var escaped = ""
        for character in prefix.unicodeScalars {
            if "*?[]\\".unicodeScalars.contains(character) { escaped.unicodeScalars.append("\\") }
            escaped.unicodeScalars.append(character)
        }
        return escaped
    }

    /// Walks the pages.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let client: RedisClient
        private let pattern: String
        private let count: Int
        private var page: ArraySlice<String> = []
        /// Where the next page begins; nil when there is none.
        private var cursor: String? = "0"

        fileprivate init(client: RedisClient, pattern: String, count: Int) {
            self.client = client
            self.pattern = pattern
            self.count = count
        }

        /// Returns the next key, or nil when all pages were read.
        ///
        /// - Throws: ``RedisError``.
        public mutating func next(isolation actor: isolated (any Actor)?) async throws(RedisError) -> String? {
            while page.isEmpty, let cursor {
                try await read(from: cursor, isolation: actor)
            }
            return page.popFirst()
        }

        private mutating func read(
            from position: String,
            isolation actor: isolated (any Actor)?
        ) async throws(RedisError) {
            let reply = try await client.send(.scan(cursor: position, matching: pattern, count: count)).array
            guard let reply, reply.count == 2, let next = reply[0].string, let keys = reply[1].array else {
                throw RedisError(.protocolViolation, "SCAN answered with something else than a cursor and keys")
            }
            cursor = next == "0" ? nil : next
            page = keys.compactMap(\.string)[...]
        }
    }
}
