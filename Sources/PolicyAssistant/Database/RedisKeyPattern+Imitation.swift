/// The keys of imitated persons and of trained models, in the threads database.
extension RedisKeyPattern {
    static let fineTuning = RedisKeyPattern(
        "finetune:<job>",
        .threads,
        .hash,
        "a fine-tuning job: model, examples (sha256 of the file), form (chat or prompt-completion), suffix, base_url, file_id (empty once it is deleted "
            + "upstream), status, fine_tuned_model, role (the one that uses the model), created_at"
    )
    static let imitation = RedisKeyPattern(
        "imitation:<role>",
        .threads,
        .hash,
        "whom the role imitates: person, consent (who consented, and when), created_at, pairs (JSON: what others wrote and "
            + "what the person replied, at most 1 MiB), count"
    )

    static let ofImitation = [fineTuning, imitation]
}

extension RedisKey {
    static func fineTuning(_ job: String) -> RedisKey { RedisKeyPattern.fineTuning.key(job) }
    static func imitation(ofRole role: String) -> RedisKey { RedisKeyPattern.imitation.key(role) }
}
