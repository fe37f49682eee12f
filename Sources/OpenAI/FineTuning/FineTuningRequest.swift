/// The fields of a fine-tuning job to create; a field that is nil is not sent.
public struct FineTuningRequest: Sendable, Hashable, Encodable {
    /// The model to train.
    public var model: String
    /// The ID of the uploaded file with the examples.
    public var trainingFile: String
    /// A part of the trained model's name, of up to 64 characters.
    public var suffix: String?
    /// The job's metadata.
    public var metadata: [String: String]?

    /// Creates a request.
    public init(model: String, trainingFile: String, suffix: String? = nil, metadata: [String: String]? = nil) {
        self.model = model
        self.trainingFile = trainingFile
        self.suffix = suffix
        self.metadata = metadata
    }

    private enum CodingKeys: String, CodingKey {
        case model, suffix, metadata
        case trainingFile = "training_file"
    }
}
