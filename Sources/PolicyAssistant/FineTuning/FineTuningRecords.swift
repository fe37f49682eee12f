internal import Redis

/// The fine-tuning jobs on record, in the threads database.
struct FineTuningRecords: Sendable {
    let redis: RedisClient

    /// Returns all jobs, the oldest first.
    func all() async throws -> [FineTuningRecord] {
        let keys = try await redis.keys(withPrefix: RedisKeyPattern.fineTuning.prefix)
        let hashes = try await redis.ask(keys.map { .hgetall($0.name) })
        let records = zip(keys, hashes).compactMap { key, hash -> FineTuningRecord? in
            guard let job = RedisKeyPattern.fineTuning.value(in: key.name), let fields = hash.dictionary else {
                return nil
            }
            return FineTuningRecord(job: job, fields: fields)
        }
        return records.sorted { ($0.createdAt.timestamp, $0.job) < ($1.createdAt.timestamp, $1.job) }
    }

    /// Returns a job.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `jobNotFound` or `storeUnavailable`.
    func record(of job: String) async throws -> FineTuningRecord {
        let fields = try await redis.ask(.hgetall(RedisKey.fineTuning(job).name)).dictionary ?? [:]
        guard let record = FineTuningRecord(job: job, fields: fields) else {
            throw PolicyAssistantError(
                .jobNotFound,
                "There is no fine-tuning job of this ID on record; `finetune status` lists those there are."
            )
        }
        return record
    }

    func save(_ record: FineTuningRecord) async throws {
        _ = try await redis.ask(.hset(RedisKey.fineTuning(record.job).name, record.fields))
    }

    /// Records that a job's model is deleted, and returns the record.
    func forget(_ record: FineTuningRecord) async throws -> FineTuningRecord {
        var record = record
        (record.status, record.fineTunedModel, record.role, record.file) = (FineTuningRecord.forgotten, nil, nil, nil)
        let key = RedisKey.fineTuning(record.job).name
        _ = try await redis.ask([.hset(key, record.fields), .hdel(key, ["fine_tuned_model", "role"])])
        return record
    }

    /// Makes a job's model that of a role, and no other job's.
    func bind(_ record: FineTuningRecord, to role: String) async throws {
        let others = try await all().filter { $0.role == role && $0.job != record.job }
        _ = try await redis.ask(
            others.map { .hdel(RedisKey.fineTuning($0.job).name, ["role"]) }
                + [.hset(RedisKey.fineTuning(record.job).name, ["role": role])]
        )
    }
}
