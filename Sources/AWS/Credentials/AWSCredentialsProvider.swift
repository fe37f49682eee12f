public import FoundationEssentials
import Synchronization

/// The credentials of this process, fetched when they are first needed and again before they end.
///
/// They come from the first of these that the environment names: the key in `AWS_ACCESS_KEY_ID` and
/// `AWS_SECRET_ACCESS_KEY`, the container's endpoint, the instance's metadata service (version 2).
public final class AWSCredentialsProvider: Sendable {
    /// How long before their end credentials are replaced.
    static let margin: TimeInterval = 300
    /// How long after a failed replacement the next is tried, while the credentials last.
    static let retryInterval: TimeInterval = 30

    private let fetcher: CredentialsFetcher
    private let now: @Sendable () -> Date
    private let state = Mutex(State())

    /// Creates a provider, which has fetched nothing yet.
    ///
    /// - Parameters:
    ///   - environment: The variables that name the source.
    ///   - now: The time of day.
    /// - Throws: ``AWSError`` with code `credentialsUnavailable` if the environment names no source, or a wrong one.
    public init(
        environment: [String: String],
        now: @escaping @Sendable () -> Date = { Date.now }
    ) throws(AWSError) {
        fetcher = try CredentialsFetcher(try CredentialsSource(environment: environment))
        self.now = now
    }

    /// Where the credentials come from, in a few words: `the environment`, for example.
    public var source: String { fetcher.source.summary }

    /// Returns credentials that last for minutes yet.
    ///
    /// Callers at the same time wait for one fetch. Where it fails while the earlier credentials last, those are
    /// returned.
    ///
    /// - Throws: ``AWSError`` with code `credentialsUnavailable`, or `cancelled` with the task.
    public func credentials() async throws(AWSError) -> AWSCredentials {
        while true {
            switch state.withLock({ $0.next(at: now()) }) {
            case .use(let credentials): return credentials
            case .fetch: return try await fetch()
            case .wait(let id):
                guard let outcome = await outcome(id) else {
                    if Task.isCancelled { throw AWSError(.cancelled) }
                    continue
                }
                return try outcome.get()
            }
        }
    }

    /// Forgets credentials that the service refuses as ended or unknown, so that the next call fetches others.
    func discard(_ credentials: AWSCredentials) {
        state.withLock { state in
            if state.current == credentials { state.current = nil }
        }
    }

    private func fetch() async throws(AWSError) -> AWSCredentials {
        let outcome: Result<AWSCredentials, AWSError>
        do {
            outcome = .success(try await fetcher.credentials())
        } catch {
            outcome = .failure(error)
        }
        let (result, waiters) = state.withLock { $0.fetched(outcome, at: now()) }
        // The end of this caller's task says nothing to the others: one of them fetches next.
        let isOwnEnd = if case .failure(let error) = result { error.code == .cancelled } else { false }
        for waiter in waiters { waiter.resume(returning: isOwnEnd ? nil : result) }
        return try result.get()
    }

    /// Waits for the fetch in progress; nil if it was cancelled, or this task is.
    private func outcome(_ id: Int) async -> Result<AWSCredentials, AWSError>? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let isOver = state.withLock { state in
                    guard state.isFetching, !Task.isCancelled else { return true }
                    state.waiters[id] = waiter
                    return false
                }
                if isOver { waiter.resume(returning: nil) }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume(returning: nil)
        }
    }
}

extension AWSCredentialsProvider {
    private typealias Waiter = CheckedContinuation<Result<AWSCredentials, AWSError>?, Never>

    private enum Step {
        case use(AWSCredentials)
        case fetch
        /// Wait, under a number of one's own.
        case wait(Int)
    }

    private struct State {
        var current: AWSCredentials?
        /// When the next replacement may be tried, after one that failed.
        var nextTry = Date.distantPast
        var isFetching = false
        var waiters: [Int: Waiter] = [:]
        var lastWaiter = 0

        mutating func next(at now: Date) -> Step {
            if let current, !isDue(current, at: now) { return .use(current) }
            guard isFetching else {
                isFetching = true
                return .fetch
            }
            lastWaiter += 1
            return .wait(lastWaiter)
        }

        private func isDue(_ credentials: AWSCredentials, at now: Date) -> Bool {
            guard let left = credentials.expiration?.timeIntervalSince(now) else { return false }
            return left <= 0 || left < AWSCredentialsProvider.margin && now >= nextTry
        }

        mutating func fetched(
            _ outcome: Result<AWSCredentials, AWSError>,
            at now: Date
        ) -> (Result<AWSCredentials, AWSError>, [Waiter]) {
            defer { (isFetching, waiters) = (false, [:]) }
            switch outcome {
            case .success(let credentials):
                current = credentials
                // An endpoint may go on to give what it gave before.
                nextTry = now + AWSCredentialsProvider.retryInterval
                return (outcome, Array(waiters.values))
            case .failure(let error):
                guard let current, error.code != .cancelled, current.expiration.map({ $0 > now }) ?? true else {
                    return (outcome, Array(waiters.values))
                }
                nextTry = now + AWSCredentialsProvider.retryInterval
                return (.success(current), Array(waiters.values))
            }
        }
    }
}
