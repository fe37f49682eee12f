internal import Logging

/// The identity provider's discovery document, kept for an hour.
///
/// The last usable document stays in use while fetching fails.
actor ProviderDiscovery {
    /// How long a document is used before it is fetched again.
    static let lifetime = Duration.seconds(3600)
    /// The minimum time between a failed fetch and the next.
    static let pause = Duration.seconds(5)

    private let issuer: String
    private let call: IdentityProviderCall
    private let now: @Sendable () -> ContinuousClock.Instant
    private let logger: Logger
    private var metadata: ProviderMetadata?
    /// When the document is fetched again.
    private var nextFetch: ContinuousClock.Instant?
    private var attempt: Task<Void, Never>?

    /// Creates a document that is fetched when it is first needed.
    ///
    /// - Parameters:
    ///   - issuer: The issuer, which the document has to name.
    ///   - logger: Receives a warning for each failed fetch.
    ///   - now: Returns the time.
    ///   - call: Sends requests to the provider.
    init(
        issuer: String,
        logger: Logger,
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
        call: @escaping IdentityProviderCall
    ) {
        self.issuer = issuer
        self.call = call
        self.now = now
        self.logger = logger
    }

    /// Returns the document.
    ///
    /// - Throws: ``Problem/identityUnavailable`` if no fetch has succeeded yet.
    func document() async throws(Problem) -> ProviderMetadata {
        if nextFetch.map({ now() >= $0 }) ?? true { await refresh() }
        guard let metadata else { throw Problem.identityUnavailable }
        return metadata
    }

    /// Fetches the document; concurrent calls share one fetch.
    private func refresh() async {
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
            let reply = try await call(.document(at: ProviderMetadata.url(of: issuer)))
            metadata = try ProviderMetadata(json: reply.document(), issuer: issuer)
            nextFetch = now() + Self.lifetime
        } catch {
            nextFetch = now() + Self.pause
            logger.warning(
                "the identity provider's discovery document could not be used",
                metadata: ["error": "\(ProviderFault.text(error))", "stale": "\(metadata != nil)"]
            )
        }
    }
}

/// Why a document of an identity provider is unusable, for operators.
enum ProviderFault {
    static func text(_ error: any Error) -> String {
        switch error {
        case ProviderMetadata.Fault.issuer(let issuer):
            "it names the issuer \(issuer); OIDC_ISSUER must be the same text"
        case ProviderMetadata.Fault.endpoint(let url): "its endpoint \(url) is not https"
        case ProviderMetadata.Fault.algorithms: "it lists no algorithm of ID tokens that is supported here"
        case let error as UnexpectedStatus: "the status is \(error.status)"
        case is KeySet.Unusable: "it has no key of a supported kind"
        case is DecodingError: "it is not the JSON that OpenID Connect defines"
        default: "\(type(of: error))"
        }
    }
}
