/// The name, the stages and the durations of a queue.
///
/// All processes that use a queue need the same configuration.
public struct WorkQueueConfiguration: Sendable, Hashable {
    /// The queue's name, a part of its keys in Redis: letters, digits, `-` and `_`.
    public var name: String
    /// The stages of a message, at least one; a message begins in the first one.
    public var stages: [WorkStage]
    /// How long a worker that died keeps its messages; a worker that lives renews its leases every third of that.
    public var lease: Duration
    /// How long the key of a message is remembered, so that another message with the same key is a duplicate.
    public var duplicateRetention: Duration
    /// How long dead messages are kept.
    public var deadRetention: Duration

    /// How long the key of a message is remembered, unless it is said.
    public static let usualDuplicateRetention = Duration.seconds(86_400)

    /// Creates a configuration.
    public init(
        name: String,
        stages: [WorkStage],
        lease: Duration = .seconds(30),
        duplicateRetention: Duration = Self.usualDuplicateRetention,
        deadRetention: Duration = .seconds(30 * 86_400)
    ) {
        precondition(!stages.isEmpty, "a queue has at least one stage")
        precondition(([name] + stages.map(\.name)).allSatisfy(Self.isName), "a name has letters, digits, - and _")
        self.name = name
        self.stages = stages
        self.lease = lease
        self.duplicateRetention = duplicateRetention
        self.deadRetention = deadRetention
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}

/// A stage of a queue.
public struct WorkStage: Sendable, Hashable {
    /// The stage's name, a part of its key in Redis: letters, digits, `-` and `_`.
    public var name: String
    /// The longest time of one attempt.
    public var timeLimit: Duration
    /// How often, and after which pauses, a message is tried.
    public var retry: WorkRetryPolicy

    /// Creates a stage.
    public init(_ name: String, timeLimit: Duration, retry: WorkRetryPolicy = WorkRetryPolicy()) {
        self.name = name
        self.timeLimit = timeLimit
        self.retry = retry
    }
}

/// How often a message is tried in a stage, and after which pauses.
///
/// The pause doubles with each failed attempt. Half of it is always waited, the other half at random, so that messages
/// that failed together are not tried together again.
public struct WorkRetryPolicy: Sendable, Hashable {
    /// The number of attempts after which a message is dead, at least 1.
    public var maximumAttempts: Int
    /// The number of workers that may die while they have a message, before it is dead, because it most likely kills them.
    public var maximumCrashes: Int
    /// The pause after the first attempt.
    public var first: Duration
    /// The longest pause.
    public var longest: Duration

    /// Creates a policy; by default twelve attempts within about half an hour.
    public init(
        maximumAttempts: Int = 12,
        maximumCrashes: Int = 20,
        first: Duration = .seconds(1),
        longest: Duration = .seconds(300)
    ) {
        precondition(maximumAttempts > 0 && first > .zero && longest >= first, "a pause ends no earlier than it begins")
        self.maximumAttempts = maximumAttempts
        self.maximumCrashes = maximumCrashes
        self.first = first
        self.longest = longest
    }

    /// Returns the pause after an attempt.
    ///
    /// - Parameters:
    ///   - attempt: The number of the attempt that failed, from 1.
    ///   - chance: A random number from 0 to 1.
    /// - Returns: From half of the doubled pause to all of it, at most ``longest``.
    func pause(afterAttempt attempt: Int, chance: Double) -> Duration {
        let bound = min(longest, first * (1 << min(max(attempt - 1, 0), 30)))
        return bound / 2 + bound / 2 * chance
    }
}
