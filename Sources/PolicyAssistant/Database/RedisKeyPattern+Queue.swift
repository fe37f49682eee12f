internal import WorkQueue

/// The keys of queues, whose names the module `WorkQueue` makes.
extension RedisKeyPattern {
    static let queueStage = RedisKeyPattern(
        "queue:<queue>:stage:<stage>",
        .threads,
        .stream,
        "the messages of a stage that are ready or worked on, with the stage that wrote them; the group `workers` has the "
            + "leases"
    )
    static let queueMessages = RedisKeyPattern(
        "queue:<queue>:messages",
        .threads,
        .hash,
        "the fields of the queue's messages, `<id>:<field>`: stage, payload, by, line, since, state, attempts, crashes, "
            + "reason, entry, token, dead"
    )
    static let queueAges = RedisKeyPattern(
        "queue:<queue>:ages",
        .threads,
        .sortedSet,
        "the messages that are not dead, by the millisecond of their arrival"
    )
    static let queueDelayed = RedisKeyPattern(
        "queue:<queue>:delayed",
        .threads,
        .sortedSet,
        "the messages to try again, by the millisecond at which they are due"
    )
    static let queueDead = RedisKeyPattern(
        "queue:<queue>:dead",
        .threads,
        .stream,
        "the messages that are given up: message, line, stage, reason; workers delete them after 30 days"
    )
    static let queueCounts = RedisKeyPattern(
        "queue:<queue>:counts",
        .threads,
        .hash,
        "the attempts that failed and were repeated, `<stage>:retries`"
    )
    static let queueLine = RedisKeyPattern(
        "queue:<queue>:line:<line>",
        .threads,
        .list,
        "the messages of one line, such as those of one sender; the first is worked on, the others wait for it"
    )
    static let queueSeen = RedisKeyPattern(
        "queue:<queue>:seen:<key>",
        .threads,
        .string,
        lifetime: .limited(WorkQueueConfiguration.usualDuplicateRetention),
        "the message that came with the key; another one with the same key is a duplicate"
    )

    /// The keys of queues.
    static let ofQueues = [
        queueStage, queueMessages, queueAges, queueDelayed, queueDead, queueCounts, queueLine, queueSeen,
    ]
}
