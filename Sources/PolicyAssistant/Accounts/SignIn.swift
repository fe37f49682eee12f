public import Redis

/// Signing in with a name and a password.
public struct SignIn: Sendable {
    /// The accounts of users who can sign in.
    public let accounts: UserAccounts
    /// The sessions of signed-in users.
    public let sessions: Sessions
    private let limiter: SignInLimiter
    private let hasher: PasswordHasher

    /// Creates sign-in on a client of the threads database.
    public init(redis: RedisClient) {
        self.init(redis: redis, hasher: PasswordHasher())
    }

    init(redis: RedisClient, hasher: PasswordHasher) {
        accounts = UserAccounts(redis: redis, hasher: hasher)
        sessions = Sessions(redis: redis)
        limiter = SignInLimiter(redis: redis)
        self.hasher = hasher
    }

    /// Checks a name and a password, and begins a session.
    ///
    /// An unknown name takes as long as a wrong password, and is counted in the same way.
    ///
    /// - Parameters:
    ///   - name: The name, as the user typed it.
    ///   - password: The password.
    ///   - address: The address of the client.
    /// - Returns: A session; nil where the name or the password is wrong.
    /// - Throws: ``PolicyAssistantError`` with the code `tooManyAttempts`, `signInBusy` or `storeUnavailable`;
    ///   `CancellationError`.
    public func begin(name: String, password: String, from address: String) async throws -> Session? {
        let known = try? UserName(name)
        let attempt = try await limiter.begin(name: known?.value ?? name, address: address)
        guard let (name, credentials) = try await settled(attempt, known, password) else { return nil }
        try await limiter.succeeded(attempt)
        return try await sessions.begin(for: name, credentials)
    }

    private func settled(
        _ attempt: SignInLimiter.Attempt,
        _ name: UserName?,
        _ password: String
    ) async throws -> (UserName, Credentials)? {
        do {
            var credentials: Credentials?
            if let name { credentials = try await accounts.credentials(of: name) }
            let isRight = try await hasher.matches(password, credentials?.hash)
            guard isRight, let name, let credentials else { return nil }
            return (name, credentials)
        } catch {
            // The attempt did not fail because of a wrong password.
            await withoutCancellation { [limiter] in try? await limiter.withdraw(attempt) }
            throw error
        }
    }
}
