public import FoundationEssentials
public import OpenAI
public import Redis

/// Trains models with examples at the upstream, and knows which role uses which of them.
///
/// A job is on record before it is waited for. It carries the hash of its examples, so that it is found again also where
/// the process died before the job was recorded: starting it twice makes one job.
public struct FineTuning: Sendable {
    let settings: Settings
    let openAI: OpenAIClient
    let records: FineTuningRecords
    let roles: Roles
    let now: @Sendable () -> Date
    private let clock: any Clock<Duration>

    /// The field of a job's metadata that has the hash of its examples.
    static let metadataKey = "policy_assistant_examples"

    /// Creates it on a client of the threads database.
    ///
    /// - Parameters:
    ///   - settings: The configuration.
    ///   - redis: A client of the threads database.
    ///   - openAI: A client of the upstream.
    ///   - now: The time of day.
    ///   - clock: The clock of the pauses while a job is waited for.
    public init(
        settings: Settings,
        redis: RedisClient,
        openAI: OpenAIClient,
        now: @escaping @Sendable () -> Date = { .now },
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.settings = settings
        self.openAI = openAI
        self.now = now
        self.clock = clock
        records = FineTuningRecords(redis: redis)
        roles = Roles(redis: redis, standard: nil)
    }

    /// What to train.
    public struct Order: Sendable, Hashable {
        /// The path of the file with the examples.
        public var path: String
        /// The form of the examples: `chat` or `prompt-completion`.
        public var form: String
        /// The model to train.
        public var model: String
        /// A part of the trained model's name; empty for none.
        public var suffix: String

        /// Creates an order.
        public init(path: String, form: String = "chat", model: String, suffix: String = "") {
            (self.path, self.form, self.model, self.suffix) = (path, form, model, suffix)
        }
    }

    // MARK: Following

    /// Returns all jobs on record, the oldest first.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func list() async throws -> [FineTuningRecord] { try await records.all() }

    /// Asks upstream how a job is, and records it.
    ///
    /// The uploaded examples of a job that has ended are deleted upstream: nothing needs them any more.
    ///
    /// - Parameter id: The job's ID.
    /// - Returns: The job.
    /// - Throws: ``PolicyAssistantError`` with the code `jobNotFound`, of an upstream error, or `storeUnavailable`.
    public func status(of id: String) async throws -> FineTuningRecord {
        try await refresh(records.record(of: id))
    }

    func refresh(_ record: FineTuningRecord) async throws -> FineTuningRecord {
        try checkUpstream(of: record)
        guard record.status != FineTuningRecord.forgotten else { return record }
        return try await translatingUpstreamErrors {
            let job = try await ifKnown { () throws(OpenAIError) in try await openAI.fineTuning.retrieve(record.job) }
            guard let job else {
                throw PolicyAssistantError(.jobNotFound, "The upstream does not know job \(record.job), or no longer.")
            }
            return try await update(record, job)
        }
    }

    private func update(_ record: FineTuningRecord, _ job: FineTuningJob) async throws -> FineTuningRecord {
        var record = record
        record.status = job.status.rawValue
        record.fineTunedModel = job.fineTunedModel
        // Where it fails, the next look at the job tries again.
        if job.status.isFinal, let file = record.file, (try? await openAI.files.delete(file)) != nil {
            record.file = nil
        }
        try await records.save(record)
        return record
    }

    /// Waits until a job has ended, also where upstream cannot be reached for some minutes.
    ///
    /// - Parameters:
    ///   - id: The job's ID.
    ///   - onEvent: Called with each event, the oldest first, once.
    /// - Returns: The job.
    /// - Throws: ``PolicyAssistantError`` as ``status(of:)`` does; `CancellationError`.
    public func wait(for id: String, onEvent: (FineTuningEvent) -> Void) async throws -> FineTuningRecord {
        var seen: Set<String> = []
        var failures = 0
        var pause = Duration.milliseconds(500)
        while true {
            do {
                let record = try await status(of: id)
                for event in try await newEvents(of: id, after: &seen) { onEvent(event) }
                if record.hasEnded { return record }
                failures = 0
            } catch let error as PolicyAssistantError
                where [.upstreamUnavailable, .upstreamTimeout].contains(error.code) && failures < Self.toleratedFailures
            {
                failures += 1
            }
            try await clock.sleep(for: pause)
            pause = min(pause * 2, Self.longestPause)
        }
    }

    /// How many questions in succession may fail while a job is waited for.
    private static let toleratedFailures = 30
    private static let longestPause = Duration.seconds(10)

    /// Returns the events that were not seen, the oldest first; none where the server has no events.
    private func newEvents(of id: String, after seen: inout Set<String>) async throws -> [FineTuningEvent] {
        let page = try await translatingUpstreamErrors {
            try await ifKnown { () throws(OpenAIError) in try await openAI.fineTuning.events(of: id, limit: 50) }
        }
        return (page?.data ?? []).reversed().filter { seen.insert($0.id).inserted }
    }

    func checkUpstream(of record: FineTuningRecord) throws(PolicyAssistantError) {
        guard record.upstream == settings.upstreamIdentity else {
            throw PolicyAssistantError(
                .jobNotFound,
                "The job is at another upstream, \(record.upstream), and OPENAI_BASE_URL names \(settings.upstreamIdentity)."
            )
        }
    }
}

extension FineTuningRecord {
    /// Whether the job has ended, with a model or without.
    public var hasEnded: Bool { status == Self.forgotten || FineTuningJob.Status(rawValue: status).isFinal }

    /// Whether the job has a model, or may get one.
    var isHopeful: Bool {
        status != Self.forgotten && ![.failed, .cancelled].contains(FineTuningJob.Status(rawValue: status))
    }
}
