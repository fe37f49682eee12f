internal import OpenAI
internal import Synchronization

/// Adding uploaded files to a vector store one by one, where upstream does not take batches.
extension VectorStoreIndex {
    /// Attaches each file by itself and waits until it is indexed or has failed, or the deadline has passed.
    ///
    /// A file that has lost its attributes in a batch is detached first.
    ///
    /// - Returns: The failures and warnings.
    /// - Throws: `OpenAIError`, what `check` throws, and ``PolicyAssistantError`` where upstream keeps no attributes.
    func attachSingly(
        _ files: [BatchFile],
        to store: String,
        deadline: Duration,
        check: @escaping @Sendable () throws -> Void,
        progress: @escaping @Sendable (_ settled: Int) -> Void
    ) async throws -> IndexingOutcome {
        let settled = Mutex(0)
        let outcomes = try await files.mapConcurrently(limit: Self.concurrency) { file in
            try check()
            let outcome = try await attachSingly(file, to: store, deadline: deadline)
            progress(
                settled.withLock {
                    $0 += 1
                    return $0
                }
            )
            return outcome
        }
        return outcomes.reduce(into: IndexingOutcome()) { $0.merge($1) }
    }

    private func attachSingly(_ file: BatchFile, to store: String, deadline: Duration) async throws -> IndexingOutcome {
        func failed(_ state: VectorStoreFile? = nil, isLate: Bool = false) -> IndexingOutcome {
            IndexingOutcome(failures: [file.fileID: IndexingFailure(state, isLate: isLate)])
        }
        if scheme == .attributes, let present = try await state(of: file.fileID, in: store),
            !present.keeps(file.attributes)
        {
            try await detach(file.fileID, from: store)
        }
        var state: VectorStoreFile
        do throws(OpenAIError) {
            state = try await patient.vectorStores.attach(file.fileID, to: store, attributes: file.attributes)
            if !state.status.isFinal {
                state = try await openAI.vectorStores.waitForFile(
                    file.fileID,
                    in: store,
                    timeout: deadline,
                    interval: Self.interval
                )
            }
        } catch {
            switch error.code {
            case .deadlinePassed: return failed(isLate: true)
            case .invalidRequest, .notFound: return failed()
            default: throw error
            }
        }
        limits.record()
        guard state.status == .completed else { return failed(state) }
        guard scheme != .attributes || state.keeps(file.attributes) else {
            throw PolicyAssistantError.attributesAreLost
        }
        return IndexingOutcome(warnings: state.warnings.isEmpty ? [:] : [file.fileID: state.warnings])
    }
}

extension VectorStoreFile {
    /// Whether the file has attributes of these names.
    ///
    /// Their values are not compared: a server may write a large number in another form.
    func keeps(_ wanted: [String: AttributeValue]?) -> Bool {
        (wanted ?? [:]).keys.allSatisfy { attributes[$0] != nil }
    }
}

extension PolicyAssistantError {
    /// Without attributes, a shared vector store does not tell revisions apart.
    fileprivate static let attributesAreLost = PolicyAssistantError(
        .upstreamRefused,
        "Upstream does not keep the attributes of files in vector stores, which OPENAI_API=responses needs."
    )
}
