internal import FoundationEssentials
internal import OpenAI
internal import SystemPackage

extension FineTuning {
    /// Starts a job, or finds the one that the same order has started.
    ///
    /// A job that failed, was cancelled, or whose model was forgotten counts as none.
    ///
    /// - Parameters:
    ///   - order: What to train.
    ///   - report: Called with what happens, in words.
    /// - Returns: The job, which is on record.
    /// - Throws: ``PolicyAssistantError`` with the code `fineTuningUnavailable`, `fileUnreadable`, `invalidField`, of an
    ///   upstream error, or `storeUnavailable`.
    public func start(_ order: Order, report: (String) -> Void = { _ in }) async throws -> FineTuningRecord {
        guard case .remote = settings.upstream else {
            throw PolicyAssistantError(
                .fineTuningUnavailable,
                "The embedded engine trains no models. Set OPENAI_API_KEY and OPENAI_BASE_URL to a server that does; "
                    + "`role imitate` needs no training."
            )
        }
        let file = try Self.open(order.path)
        let hash = try file.sha256()
        if let known = try await records.all().last(where: { matches($0, order, hash) && $0.isHopeful }) {
            do {
                let record = try await refresh(known)
                report("job \(known.job) was started before")
                return record
            } catch let error as PolicyAssistantError where error.code == .jobNotFound {
                report("job \(known.job) is no longer at the upstream")
            }
        }
        return try await translatingUpstreamErrors {
            if let warning = try FineTuningAvailability.check(
                order.model,
                atOpenAI: settings.isAtOpenAI,
                among: (try? await openAI.models.list()) ?? [],
                on: now()
            ) {
                report("warning: \(warning)")
            }
            let job = try await job(order, file, hash, report)
            let record = FineTuningRecord(
                job: job.id,
                model: order.model,
                examples: hash,
                form: order.form,
                suffix: order.suffix,
                upstream: settings.upstreamIdentity,
                file: job.trainingFile,
                status: job.status.rawValue,
                fineTunedModel: job.fineTunedModel,
                role: nil,
                // In the whole seconds of the record.
                createdAt: Date(timestamp: now().timestamp)
            )
            try await records.save(record)
            return record
        }
    }

    private static func open(_ path: String) throws(PolicyAssistantError) -> OpenFile {
        do {
            return OpenFile(
                adopting: try FileDescriptor.open(FilePath(path), .readOnly, options: .closeOnExec).rawValue
            )
        } catch {
            throw PolicyAssistantError(.fileUnreadable, "\(path) cannot be read: \(error).", cause: error)
        }
    }

    private func matches(_ record: FineTuningRecord, _ order: Order, _ hash: String) -> Bool {
        record.examples == hash && record.model == order.model && record.suffix == order.suffix
            && record.upstream == settings.upstreamIdentity
    }

    /// Finds the job of an order upstream, or creates it.
    private func job(
        _ order: Order,
        _ file: OpenFile,
        _ hash: String,
        _ report: (String) -> Void
    ) async throws -> FineTuningJob {
        let mark = Self.mark(of: order, hash)
        let forgotten = Set(try await records.all().filter { $0.status == FineTuningRecord.forgotten }.map(\.job))
        if let job = try await jobs(markedWith: mark, except: forgotten).first {
            report("job \(job.id) was started before")
            return job
        }
        let name = "examples-\(hash.prefix(16)).jsonl"
        var upload = try await uploads().first { $0.filename == name }
        if upload == nil {
            report("uploading the examples")
            upload = try await openAI.files.upload(descriptor: file.descriptor, filename: name, purpose: .fineTune)
        }
        guard let upload else { throw PolicyAssistantError(.upstreamFailed, "Upstream did not take the examples.") }
        let created = try await create(order, trainingFile: upload.id, mark)
        report("job \(created.id) was created")
        // Another process may have created one at the same time. Each lists the jobs after it has created its own, so that
        // all keep the same one.
        guard let first = try await jobs(markedWith: mark, except: forgotten).first, first.id != created.id else {
            return created
        }
        report("job \(first.id) was started by another process; job \(created.id) is cancelled")
        _ = try await openAI.fineTuning.cancel(created.id)
        if first.trainingFile != upload.id { _ = try? await openAI.files.delete(upload.id) }
        return first
    }

    private func create(_ order: Order, trainingFile: String, _ mark: String) async throws -> FineTuningJob {
        let request = FineTuningRequest(
            model: order.model,
            trainingFile: trainingFile,
            suffix: order.suffix.isEmpty ? nil : order.suffix,
            metadata: [Self.metadataKey: mark]
        )
        do {
            return try await openAI.fineTuning.create(request)
        } catch {
            throw FineTuningAvailability.refusal(error, of: order.model, atOpenAI: settings.isAtOpenAI)
        }
    }

    /// Returns the newest uploaded examples; none where the server lists no files.
    private func uploads() async throws -> [OpenAIFile] {
        try await ifKnown { () throws(OpenAIError) in
            try await openAI.files.list(purpose: .fineTune, limit: 1_000).data
        } ?? []
    }

    /// What an order's jobs have in their metadata, of at most 512 characters.
    static func mark(of order: Order, _ hash: String) -> String { "\(hash) \(order.model) \(order.suffix)" }

    /// Returns the jobs of an order, among the newest hundred, that did not fail, the oldest first; none where the server lists
    /// no jobs.
    private func jobs(markedWith mark: String, except forgotten: Set<String>) async throws -> [FineTuningJob] {
        let jobs =
            try await ifKnown { () throws(OpenAIError) in try await openAI.fineTuning.list(limit: 100).data } ?? []
        return
            jobs.filter {
                $0.metadata[Self.metadataKey] == mark && ![.failed, .cancelled].contains($0.status)
                    && !forgotten.contains($0.id)
            }
            .sorted { ($0.createdAt ?? .distantPast, $0.id) < ($1.createdAt ?? .distantPast, $1.id) }
    }
}
