internal import Synchronization

/// The metrics of one name, created on first use of their keys.
///
/// Keys come from bounded sets, never from users.
package final class MetricFamily<Key: Hashable & Sendable, Metric: Sendable>: Sendable {
    private let made = Mutex<[Key: Metric]>([:])
    private let make: @Sendable (Key) -> Metric

    package init(_ make: @escaping @Sendable (Key) -> Metric) {
        self.make = make
    }

    package subscript(key: Key) -> Metric {
        made.withLock { made in
            if let metric = made[key] { return metric }
            let metric = make(key)
            made[key] = metric
            return metric
        }
    }
}

/// The exported names of the metrics.
public enum MetricName {
    /// Turns that ended, by `outcome`: `answered`, `cancelled`, or an error's code.
    public static let turns = "policy_assistant_turns_total"
    /// Answers, by `written_by` (`engine` or `model`) and `writing_failure`: `none`, or why the embedded engine's model did
    /// not write the answer or not to its end.
    public static let answers = "policy_assistant_answers_total"
    /// The time from a question to the end of its turn, including waiting.
    public static let turnDuration = "policy_assistant_turn_duration_seconds"
    /// The time from a question to the first token of its answer.
    public static let firstToken = "policy_assistant_turn_first_token_seconds"
    /// The current turns, including waiting ones.
    public static let turnsRunning = "policy_assistant_turns_running"
    /// Waiting turns, by `queue`: `user` for an earlier turn of the user, `upstream` for a permit to call upstream.
    public static let turnsWaiting = "policy_assistant_turns_waiting"
    /// Attempts of upstream calls, by `operation` and `outcome`: `ok`, or an error's code.
    public static let upstreamAttempts = "policy_assistant_upstream_attempts_total"
    /// The duration of attempts, by `operation`.
    public static let upstreamAttemptDuration = "policy_assistant_upstream_attempt_duration_seconds"
    /// Round trips to Redis, by `database` and `outcome`: `ok`, or an error's code.
    public static let redisRoundTrips = "policy_assistant_redis_round_trips_total"
    /// The duration of round trips, by `database`.
    public static let redisRoundTripDuration = "policy_assistant_redis_round_trip_duration_seconds"
    /// The messages in a queue, by `queue`, `stage` and `condition`; `waiting` ones are of the stage `all`.
    public static let queueMessages = "policy_assistant_queue_messages"
    /// The age of the oldest message, by `queue` and `stage`: since it is ready there; of the stage `all`, since it arrived.
    public static let queueOldestAge = "policy_assistant_queue_oldest_age_seconds"
    /// The processes that work on a queue, by `queue` and `stage`.
    public static let queueWorkers = "policy_assistant_queue_workers"
    /// The attempts that failed and are repeated, by `queue` and `stage`, counted by Redis for all workers.
    public static let queueRetries = "policy_assistant_queue_retries_total"
    /// The revision of the documents in force.
    public static let corpusRevision = "policy_assistant_corpus_revision"
}
