/// One wait for the server, of a command or of several sent together, as whoever counts them sees it.
public struct RedisRoundTrip: Sendable, Hashable {
    /// The first failure among the commands; nil if there was none.
    ///
    /// That the server does not know a script yet is no failure: its source follows.
    public let failure: RedisError.Code?
    /// From the call to the last reply, the wait for a connection included.
    public let duration: Duration

    init(_ outcomes: [Result<RedisValue, RedisError>], duration: Duration) {
        failure = outcomes.lazy.compactMap(\.failure).first { $0.serverCode != "NOSCRIPT" }?.code
        self.duration = duration
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
