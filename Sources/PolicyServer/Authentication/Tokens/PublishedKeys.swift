internal import JWTKit
internal import Logging
internal import ServiceLifecycle

/// The identity provider's keys, kept up to date.
///
/// They are fetched at the start, then every hour, and when a token names an unknown key, at most once in ``pause``.
/// The last usable set stays in use while fetching fails.
actor PublishedKeys: Service {
    /// The minimum time between two fetches that tokens with unknown keys cause.
    static let pause = Duration.seconds(30)
    /// The time between regular fetches.
    static let interval = Duration.seconds(3600)

    private let fetch: @Sendable () async throws -> [UInt8]
    private let now: @Sendable () -> ContinuousClock.Instant
    private let logger: Logger
    private var keys: KeySet?
    /// When a token with an unknown key last caused a fetch.
    private var lastAttempt: ContinuousClock.Instant?
    private var attempt: Task<Void, Never>?

    /// Creates an empty set, which is fetched when the service runs or a key is requested.
    ///
    /// - Parameters:
    ///   - logger: Receives a warning for each failed fetch.
    ///   - now: Returns the time.
    ///   - fetch: Fetches the set's JSON. It must have a timeout of its own.
    init(
        logger: Logger,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        fetch: @escaping @Sendable () async throws -> [UInt8]
    ) {
        self.fetch = fetch
        self.now = now
        self.logger = logger
    }

    /// Fetches the keys regularly until the service group shuts down.
    func run() async throws {
        try? await cancelWhenGracefulShutdown { [self] in
            while true {
                await refresh()
                try await Task.sleep(for: await keys == nil ? Self.pause : Self.interval)
            }
        }
    }

    /// Returns the verifiers of an algorithm's signatures by a key; none if no such key is published.
    ///
    /// - Throws: ``Problem/identityUnavailable`` if no fetch has succeeded yet.
    func algorithms(_ name: String, key id: String?) async throws -> [any JWTAlgorithm] {
        if !hasKey(id) { await refreshForUnknownKey() }
        guard let keys else { throw Problem.identityUnavailable }
        return keys.algorithms(name, key: id)
    }

    private func hasKey(_ id: String?) -> Bool {
        guard let keys else { return false }
        return id.map(keys.hasKey) ?? true
    }

    /// Fetches the keys for a token with an unknown key, unless another one caused a fetch less than ``pause`` ago.
    private func refreshForUnknownKey() async {
        let now = now()
        if attempt == nil {
            if let lastAttempt, now - lastAttempt < Self.pause { return }
            lastAttempt = now
        }
        await refresh()
    }

    /// Fetches the keys; concurrent calls share one fetch.
    func refresh() async {
        if let attempt { return await attempt.value }
        // An unstructured task: the fetch is shared, and must not be cancelled with the first request that waits for
        // it.
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
