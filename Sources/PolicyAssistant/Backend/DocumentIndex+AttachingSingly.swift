internal import OpenAI
internal import Synchronization

/// Putting uploaded files into the store one by one, where upstream does not take them together.
extension DocumentIndex {
    /// Attaches each file by itself and waits until it is indexed or has failed, or its time is up.
    ///
    /// A file that lost its attributes in a batch is taken out before.
    ///
    /// - Returns: Why the files that failed did so, by their IDs.
    /// - Throws: `OpenAIError`, what `check` throws, and ``PolicyAssistantError`` where upstream keeps no attributes.
    func attachSingly(
        _ files: [BatchFile],
        to store: String,
        deadline: Duration,
        check: @escaping @Sendable () throws -> Void,
        progress: @escaping @Sendable (_ settled: Int) -> Void
    ) async throws -> [String: IndexingFailure] {
        let settled = Mutex(0)
        let failures = try await files.mapConcurrently(limit: Self.concurrency) { file in
            try check()
            let failure = try await attachSingly(file, to: store, deadline: deadline)
            progress(
                settled.withLock {
                    $0 += 1
                    return $0
                }
            )
            return failure.map { (file.fileID, $0) }
        }
        return Dictionary(uniqueKeysWithValues: failures.compactMap(\.self))
    }

    /// Attaches a file; returns why it failed, or nil.
    private func attachSingly(_ file: BatchFile, to store: String, deadline: Duration) async throws
        -> IndexingFailure?
    {
        if let present = try await state(of: file.fileID, in: store), sharesStore, !present.keeps(file.attributes) {
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
            case .deadlinePassed: return IndexingFailure(nil, isLate: true)
            case .invalidRequest, .notFound: return IndexingFailure(nil, isLate: false)
            default: throw error
            }
        }
        limits.note()
        guard state.status == .completed else { return IndexingFailure(state, isLate: false) }
        guard !sharesStore || state.keeps(file.attributes) else { throw PolicyAssistantError.attributesAreLost }
        return nil
    }
}

extension VectorStoreFile {
    /// Whether the file carries attributes of these names.
    ///
    /// Their values are not compared: a server may write a large number otherwise.
    func keeps(_ wanted: [String: AttributeValue]?) -> Bool {
        (wanted ?? [:]).keys.allSatisfy { attributes[$0] != nil }
    }
}

extension PolicyAssistantError {
    /// Revisions cannot be told apart in a store whose files carry nothing.
    fileprivate static let attributesAreLost = PolicyAssistantError(
        .upstreamRefused,
        "Upstream does not keep the attributes of files in vector stores, which OPENAI_API=responses needs."
    )
}
