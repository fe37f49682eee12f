internal import JWTKit
internal import Logging
internal import ServiceLifecycle

/// The identity provider's keys, followed as it changes them.
///
/// They are fetched at the start, then every hour, and when a token names a key that is not among them, at most once in
/// ``pause``. The last good set stays in use while new ones cannot be had.
actor PublishedKeys: Service {
    /// How long after one caller's token made the keys be fetched another's may.
    static let pause = Duration.seconds(30)
    /// How long keys are used before they are fetched again.
    static let interval = Duration.seconds(3600)

    private let fetch: @Sendable () async throws -> [UInt8]
    private let now: @Sendable () -> ContinuousClock.Instant
    private let logger: Logger
    private var keys: KeySet?
    /// When a caller's token last made the keys be fetched.
    private var lastAttempt: ContinuousClock.Instant?
    private var attempt: Task<Void, Never>?

    /// Creates an empty set, which fills itself when it is asked or runs.
    ///
    /// - Parameters:
    ///   - logger: Hears of attempts that fail.
    ///   - now: Tells the time.
    ///   - fetch: Brings the set's JSON; it has to end by itself.
    init(
        logger: Logger,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        fetch: @escaping @Sendable () async throws -> [UInt8]
    ) {
        self.fetch = fetch
        self.now = now
        self.logger = logger
    }

    /// Keeps the keys fresh until the service group shuts down.
    func run() async throws {
        try? await cancelWhenGracefulShutdown { [self] in
            while true {
                await refresh()
                try await Task.sleep(for: await keys == nil ? Self.pause : Self.interval)
            }
        }
    }

    /// Returns what verifies a signature of an algorithm by a key; nil where no such key is published.
    ///
    /// - Throws: ``Problem`` with the code `identity_unavailable` where no keys could ever be fetched.
    func algorithm(_ name: String, key id: String?) async throws -> (any JWTAlgorithm)? {
        if !hasKey(id) { await refreshForCaller() }
        guard let keys else { throw Problem.identityUnavailable }
        return keys.algorithm(name, key: id)
    }

    private func hasKey(_ id: String?) -> Bool {
        guard let keys else { return false }
        return id.map(keys.hasKey) ?? true
    }

    /// Fetches the keys because a caller's token needs one that is not there, unless that was done a moment ago.
    private func refreshForCaller() async {
        let now = now()
        if attempt == nil {
            if let lastAttempt, now - lastAttempt < Self.pause { return }
            lastAttempt = now
        }
        await refresh()
    }

    /// Fetches the keys; who comes meanwhile waits for the same attempt.
    func refresh() async {
        if let attempt { return await attempt.value }
        // A task of its own, for the attempt is everybody's who waits: it must not end with the first one's request.
        let attempt = Task { await load() }
        self.attempt = attempt
        await attempt.value
    }

    private func load() async {
        defer { attempt = nil }
        do {
            keys = try await KeySet(json: try await fetch())
        } catch {
            logger.warning(
                "the identity provider's keys could not be fetched",
                metadata: ["error": "\(type(of: error))", "stale": "\(keys != nil)"]
            )
        }
    }
}
