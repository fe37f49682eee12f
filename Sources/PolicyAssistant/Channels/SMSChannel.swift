internal import FoundationEssentials
internal import Logging
internal import OpenAI
public import Redis
public import SMS
public import WorkQueue

/// Text messages: questions that arrive from a provider, wait in a queue, and are answered by ordinary turns.
///
/// ``receive(_:)`` verifies a webhook and puts its message into the queue; ``handlers`` do the rest, in any process with a
/// worker. What is kept, logged and counted has pseudonyms in place of numbers; the numbers themselves are in the queue only.
public struct SMSChannel: Sendable {
    /// The queue of messages.
    public let queue: WorkQueue
    /// The users to whom numbers belong.
    public let numbers: PhoneNumbers
    /// The provider.
    public let provider: any SMSProvider
    let settings: Settings
    let sms: SMSSettings
    let records: TextRecords
    let pseudonyms: NumberPseudonyms
    let turns: Turns
    let roles: Roles
    let rateLimiter: RateLimiter
    let buckets: TokenBuckets
    let source: AnswerSource
    let images: ImageMaker?
    let tools: TextMediaTools
    let now: @Sendable () -> Date
    let logger: Logger

    init(
        settings: Settings,
        sms: SMSSettings,
        provider: any SMSProvider,
        redis: RedisClient,
        turns: Turns,
        rateLimiter: RateLimiter,
        library: DocumentReader,
        images: OpenAIClient? = nil,
        tools: TextMediaTools = TextMediaTools(),
        now: @escaping @Sendable () -> Date = { .now },
        logger: Logger
    ) {
        self.settings = settings
        self.sms = sms
        self.provider = provider
        self.turns = turns
        roles = Roles(redis: redis, standard: settings.standardRole)
        self.rateLimiter = rateLimiter
        self.tools = tools
        self.now = now
        self.logger = logger
        queue = Self.queue(settings, redis: redis)
        records = TextRecords(redis: redis)
        pseudonyms = NumberPseudonyms(secret: sms.numberKey, redis: redis)
        numbers = PhoneNumbers(redis: redis, pseudonyms: pseudonyms, now: now)
        buckets = TokenBuckets(redis: redis)
        self.images = sms.images.flatMap { settings in images.map { ImageMaker(settings: settings, openAI: $0) } }
        source = AnswerSource(library: library, publicURL: settings.publicURL)
    }

    /// The number that people text; nil if none is set.
    public var number: PhoneNumber? { sms.number }

    /// The names of the stages in the queue.
    public enum Stage {
        /// A question waits for its answer.
        public static let answering = "in"
        /// The image of an answer waits to be made.
        public static let images = "image"
        /// An answer waits to be sent.
        public static let sending = "out"
    }

    /// The time between two looks for a report.
    static let resolutionStep = Duration.seconds(2)

    /// Returns the queue of text messages.
    public static func queue(_ settings: Settings, redis: RedisClient) -> WorkQueue {
        // A question waits for its user's earlier ones, and then for its answer.
        let answering = WorkStage(
            Stage.answering,
            timeLimit: settings.chatTimeout * 2 + .seconds(30),
            retry: WorkRetryPolicy(maximumAttempts: 8, first: .seconds(1), longest: .seconds(60))
        )
        let images = WorkStage(
            Stage.images,
            timeLimit: (settings.sms?.images?.timeout ?? .seconds(180)) + .seconds(15),
            retry: WorkRetryPolicy(maximumAttempts: 3, first: .seconds(2))
        )
        let sending = WorkStage(Stage.sending, timeLimit: settings.sms?.sendingTime ?? .seconds(45))
        return WorkQueue(
            WorkQueueConfiguration(name: "sms", stages: [answering, images, sending], lease: settings.queueLease),
            redis: redis
        )
    }

    /// What works on messages, by the stages' names.
    public var handlers: [String: WorkHandler] {
        [
            Stage.answering: { try await answer($0) }, Stage.images: { try await makeImage($0) },
            Stage.sending: { try await send($0) },
        ]
    }

    /// Returns the message that takes the place of a question that could not be answered: the person is told once.
    @Sendable public func replacement(for item: WorkItem, reason: String) -> WorkReplacement? {
        guard let entry = TextEntry(json: item.payload) else { return nil }
        let stage: TextEntry.Stage =
            switch item.stage {
            case Stage.answering: .answering
            case Stage.images: .images
            default: .sending
            }
        log(entry, stage, "Gave up", reason, level: .error)
        // The answer is there, and goes without its image.
        if stage == .images { return WorkReplacement(stage: Stage.sending, payload: entry.afterImages().json) }
        guard item.stage != Stage.sending, entry.redaction == nil else { return nil }
        let isUsual = sms.errorText == SMSSettings.defaultErrorText
        let text = isUsual ? SMSTexts(TextLanguage(of: entry.body)).failed : sms.errorText
        return WorkReplacement(stage: Stage.sending, payload: entry.answered(text, by: stage).json)
    }

    /// Writes a line about a message; one ID finds all stages.
    func log(
        _ entry: TextEntry,
        _ stage: TextEntry.Stage,
        _ content: String,
        _ parameters: String = "",
        level: Logger.Level = .info
    ) {
        let parts = [entry.conversationId, stage.rawValue, content, parameters].filter { !$0.isEmpty }
        logger.log(level: level, "\(parts.joined(separator: " -- "))")
    }
}
