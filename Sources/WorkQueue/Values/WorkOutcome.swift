public import Redis

/// What becomes of a message after an attempt.
///
/// Reasons are logged and listed: they contain no text of messages and no numbers of people.
public enum WorkOutcome: Sendable {
    /// The message is handled: it leaves the queue, and the next message of its line is ready.
    ///
    /// The effects are commands of one key each. They run in the same step, and only if the worker still has the message.
    case done(effects: [RedisCommand] = [])
    /// The message is ready in another stage, with another payload and without state; the effects as in ``done(effects:)``.
    case next(stage: String, payload: String, effects: [RedisCommand] = [])
    /// The message is tried again after a pause, which the stage's policy gives unless it is said.
    ///
    /// After the last attempt that the policy allows, the message is dead.
    case retry(reason: String, after: Duration? = nil)
    /// The message is tried again after a pause, and the attempt does not count.
    case postpone(Duration, reason: String)
    /// The message is dead: it is kept with the reason, and the next message of its line is ready.
    case dead(reason: String)
}

/// A message that takes the place of one that is dead, for example to tell its sender.
public struct WorkReplacement: Sendable, Hashable {
    /// The stage in which it is ready.
    public var stage: String
    /// Its payload.
    public var payload: String

    /// Creates a replacement.
    public init(stage: String, payload: String) {
        self.stage = stage
        self.payload = payload
    }
}
