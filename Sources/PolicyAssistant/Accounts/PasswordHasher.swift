internal import Dispatch
internal import FoundationEssentials

/// Hashes passwords on its own threads, a few at a time: each hash takes some tenths of a second and 32 MiB.
final class PasswordHasher: Sendable {
    private enum Line { case all }

    private let cost: PasswordHash.Cost
    private let decoy: PasswordHash
    private let line: KeyedSemaphore<Line>
    private let queue = DispatchQueue(label: "policy-assistant.passwords", qos: .utility, attributes: .concurrent)

    /// Creates a hasher.
    ///
    /// - Parameters:
    ///   - cost: The cost of a hash.
    ///   - width: How many are computed at once; by default half as many as there are processors, so that the others
    ///     serve requests.
    ///   - longestLine: How many more may wait.
    init(
        cost: PasswordHash.Cost = .ofNewHashes,
        width: Int = max(1, min(4, ProcessInfo.processInfo.activeProcessorCount / 2)),
        longestLine: Int = 32
    ) {
        self.cost = cost
        decoy = .decoy(cost: cost)
        line = KeyedSemaphore(capacity: width, maximumWaiting: longestLine, whenFull: .signInBusy)
    }

    /// Hashes a password with a new salt.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `signInBusy`; `CancellationError`.
    func hash(_ password: String) async throws -> PasswordHash {
        try await inLine { [cost] in try PasswordHash(of: password, cost: cost) }
    }

    /// Returns whether a password has a hash; without a hash the result is false, after the same time.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `signInBusy`; `CancellationError`.
    func matches(_ password: String, _ hash: PasswordHash?) async throws -> Bool {
        let isSame = try await inLine { [decoy] in try (hash ?? decoy).matches(password) }
        return isSame && hash != nil
    }

    private func inLine<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await line.withPermit(.all) {
            try await withCheckedThrowingContinuation { continuation in
                queue.async { continuation.resume(with: Swift.Result(catching: work)) }
            }
        }
    }
}

extension PolicyAssistantError {
    fileprivate static let signInBusy = PolicyAssistantError(
        .signInBusy,
        "Too many users are signing in. Try again shortly.",
        retryAfter: .seconds(5)
    )
}
