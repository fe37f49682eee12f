/// The names of what the product measures, as they are exported.
public enum MetricName {
    /// Turns that ended, by `outcome`: `answered`, `cancelled`, or an error's code.
    public static let turns = "policy_assistant_turns_total"
    /// The time from a question to the end of its turn, waiting included.
    public static let turnDuration = "policy_assistant_turn_duration_seconds"
    /// The time from a question to the first words of its answer.
    public static let firstToken = "policy_assistant_turn_first_token_seconds"
    /// Turns under way, waiting ones included.
    public static let turnsRunning = "policy_assistant_turns_running"
    /// Turns that wait, by `queue`: `user` for the user's earlier turn, `upstream` for a place among the calls.
    public static let turnsWaiting = "policy_assistant_turns_waiting"
    /// Attempts at calls of the upstream, by `operation` and `outcome`: `ok`, or an error's code.
    public static let upstreamAttempts = "policy_assistant_upstream_attempts_total"
    /// The time that an attempt took, by `operation`.
    public static let upstreamAttemptDuration = "policy_assistant_upstream_attempt_duration_seconds"
    /// Round trips to Redis, by `database` and `outcome`: `ok`, or an error's code.
    public static let redisRoundTrips = "policy_assistant_redis_round_trips_total"
    /// The time that a round trip took, by `database`.
    public static let redisRoundTripDuration = "policy_assistant_redis_round_trip_duration_seconds"
    /// The revision of the documents in force.
    public static let corpusRevision = "policy_assistant_corpus_revision"
}
