/// The keys that begin with a prefix, read page by page with SCAN.
///
/// A key that exists from the first to the last page is returned at least once, and perhaps more than once; a key that
/// is created or deleted meanwhile may be returned or not. Keys that are not valid UTF-8 are omitted.
public struct RedisScan: AsyncSequence, Sendable {
    /// A key.
    public typealias Element = String

    let client: RedisClient
    let prefix: String
    let count: Int

    /// Creates an iterator that begins at the first page.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(client: client, pattern: Self.escaped(prefix) + "*", count: count)
    }

    /// Escapes a prefix so that a glob pattern of Redis matches it literally.
    static func escaped(_ prefix: String) -> String {
        var escaped = ""
        for character in prefix.unicodeScalars {
            if "*?[]\\".unicodeScalars.contains(character) { escaped.unicodeScalars.append("\\") }
            escaped.unicodeScalars.append(character)
        }
        return escaped
    }

    /// The iterator over the pages.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let client: RedisClient
        private let pattern: String
        private let count: Int
        private var page: ArraySlice<String> = []
        /// The cursor of the next page; nil after the last page.
        private var cursor: String? = "0"

        fileprivate init(client: RedisClient, pattern: String, count: Int) {
            self.client = client
            self.pattern = pattern
            self.count = count
        }

        /// Returns the next key, or nil after the last one.
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
                throw RedisError(.protocolViolation, "the reply to SCAN is not a cursor and keys")
            }
            cursor = next == "0" ? nil : next
            page = keys.compactMap(\.string)[...]
        }
    }
}
