public import FoundationEssentials

/// A fine-tuning job on record: what was trained, where, and for whom.
public struct FineTuningRecord: Sendable, Hashable {
    /// The job's ID upstream.
    public let job: String
    /// The model that is trained.
    public let model: String
    /// The SHA-256 of the file with the examples, in hexadecimal.
    public let examples: String
    /// The form of the examples, in which the trained model has to be asked: `chat` or `prompt-completion`.
    public let form: String
    /// The suffix of the trained model's name; empty for none.
    public let suffix: String
    /// The upstream that trains.
    public let upstream: String
    /// The ID of the uploaded examples; nil once they are deleted there.
    public var file: String?
    /// The job's last known status, or ``forgotten``.
    public var status: String
    /// The trained model's ID; nil until the job has succeeded.
    public var fineTunedModel: String?
    /// The role that uses the trained model; nil for none.
    public var role: String?
    /// When the job was recorded.
    public let createdAt: Date?

    /// The status of a job whose model was deleted at the operator's request.
    static let forgotten = "forgotten"
}

extension FineTuningRecord {
    init?(job: String, fields: [String: String]) {
        guard let model = fields["model"], let examples = fields["examples"], let upstream = fields["base_url"] else {
            return nil
        }
        self.init(
            job: job,
            model: model,
            examples: examples,
            form: fields["form"] ?? "chat",
            suffix: fields["suffix"] ?? "",
            upstream: upstream,
            file: fields["file_id"].flatMap { $0.isEmpty ? nil : $0 },
            status: fields["status"] ?? "",
            fineTunedModel: fields["fine_tuned_model"],
            role: fields["role"],
            createdAt: fields["created_at"].flatMap(Date.init(timestamp:))
        )
    }

    var fields: [String: String] {
        var fields = [
            "model": model, "examples": examples, "form": form, "suffix": suffix, "base_url": upstream,
            "file_id": file ?? "",
            "status": status, "created_at": createdAt.timestamp,
        ]
        fields["fine_tuned_model"] = fineTunedModel
        fields["role"] = role
        return fields
    }
}
