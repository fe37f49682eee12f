public import FoundationEssentials

/// A job that trains a model with examples.
public struct FineTuningJob: Sendable, Hashable, Decodable {
    /// The job's ID.
    public let id: String
    /// The model that is trained.
    public let model: String
    /// The job's status.
    public let status: Status
    /// The trained model's ID, once the job has succeeded.
    public let fineTunedModel: String?
    /// The ID of the file with the examples.
    public let trainingFile: String
    /// When the job was created.
    public let createdAt: Date?
    /// When it ended.
    public let finishedAt: Date?
    /// How many tokens the training had, once it is known.
    public let trainedTokens: Int?
    /// Why the job failed, if it did.
    public let failure: Failure?
    /// The job's metadata; empty on servers without metadata.
    public let metadata: [String: String]

    /// The status of a job.
    public struct Status: RawRepresentable, Hashable, Sendable, Decodable {
        /// The status as the API writes it.
        public let rawValue: String

        /// Creates a status, known or not.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The examples are being checked.
        public static let validatingFiles = Status(rawValue: "validating_files")
        /// Waiting for its turn.
        public static let queued = Status(rawValue: "queued")
        /// Training.
        public static let running = Status(rawValue: "running")
        /// The trained model exists.
        public static let succeeded = Status(rawValue: "succeeded")
        /// Ended without a model; ``FineTuningJob/failure`` has the reason.
        public static let failed = Status(rawValue: "failed")
        /// Ended at somebody's request.
        public static let cancelled = Status(rawValue: "cancelled")

        /// Whether the status is the job's last.
        public var isFinal: Bool { [.succeeded, .failed, .cancelled].contains(self) }
    }

    /// Why a job failed.
    public struct Failure: Sendable, Hashable, Decodable {
        /// The API's code, such as `invalid_training_file`.
        public let code: String?
        /// The API's message, which may quote an example.
        public let message: String?
    }

    private enum CodingKeys: String, CodingKey {
        case id, model, status, error, metadata
        case fineTunedModel = "fine_tuned_model"
        case trainingFile = "training_file"
        case createdAt = "created_at"
        case finishedAt = "finished_at"
        case trainedTokens = "trained_tokens"
    }

    /// Decodes a job; only its ID and its status are required.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        status = try fields.decode(Status.self, forKey: .status)
        model = try fields.decode(.model, or: "")
        fineTunedModel = try fields.decodeIfPresent(String.self, forKey: .fineTunedModel)
        trainingFile = try fields.decode(.trainingFile, or: "")
        createdAt = try fields.decodeDate(.createdAt)
        finishedAt = try fields.decodeDate(.finishedAt)
        trainedTokens = try fields.decodeIfPresent(Int.self, forKey: .trainedTokens)
        metadata = try fields.decodeMap(.metadata)
        // The API sends an empty object where there is no error.
        let error = try fields.decodeIfPresent(Failure.self, forKey: .error)
        failure = error?.code == nil && error?.message == nil ? nil : error
    }
}
