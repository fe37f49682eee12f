internal import OpenAI

/// The largest number of files that are attached with one call.
private let batchSize = 500

/// An uploaded file that is to be searched.
struct IndexedFile: Sendable {
    let fileID: String
    let path: String
    let sha256: String
}

/// Putting uploaded files into the store.
extension DocumentIndex {
    /// Attaches files from `revision` on and waits until each is indexed or has failed, or time is up.
    ///
    /// - Parameters:
    ///   - files: The files.
    ///   - store: The store.
    ///   - revision: The first revision that they take part in.
    ///   - deadline: The longest to wait for each 500 of them.
    ///   - check: Is called before each change upstream, and keeps it from being made by throwing.
    ///   - progress: Is told how many are settled.
    /// - Returns: Why the files that failed did so, by their IDs.
    /// - Throws: `OpenAIError`, and what `check` throws.
    func attach(
        _ files: [IndexedFile],
        to store: String,
        since revision: Int,
        deadline: Duration,
        check: () throws -> Void,
        progress: @Sendable (_ settled: Int) -> Void
    ) async throws -> [String: String] {
        var failures: [String: String] = [:]
        for start in stride(from: 0, to: files.count, by: batchSize) {
            let part = files[start..<min(start + batchSize, files.count)]
            try check()
            let batch = try await patient.vectorStores.createBatch(
                of: part.map {
                    BatchFile($0.fileID, attributes: attributes($0.path, $0.sha256, since: revision, until: nil))
                },
                in: store
            )
            let isIndexed = try await isIndexed(batch, of: part.count, in: store, deadline: deadline) {
                progress(start + $0)
            }
            if !isIndexed {
                failures.merge(try await reasons(part.map(\.fileID), in: store)) { $1 }
            }
            progress(start + part.count)
        }
        return failures
    }

    /// Waits for a batch; what is not done by the deadline is given up.
    ///
    /// - Returns: Whether all of it is indexed.
    private func isIndexed(
        _ batch: FileBatch,
        of count: Int,
        in store: String,
        deadline: Duration,
        progress: @Sendable (_ settled: Int) -> Void
    ) async throws -> Bool {
        let settled: FileBatch
        do {
            settled = try await openAI.vectorStores.waitForBatch(
                batch.id,
                in: store,
                timeout: deadline,
                interval: .milliseconds(250),
                progress: { progress($0.total - $0.inProgress) }
            )
        } catch {
            guard error.code == .deadlinePassed else { throw error }
            // What goes on being indexed after all is deleted with the files that failed.
            _ = try? await openAI.vectorStores.cancelBatch(batch.id, in: store)
            return false
        }
        return settled.fileCounts.completed >= count
    }

    private func reasons(_ files: [String], in store: String) async throws -> [String: String] {
        let states = try await files.mapConcurrently(limit: 8) { file in
            (file, try await state(of: file, in: store))
        }
        return Dictionary(
            uniqueKeysWithValues: states.compactMap { file, state in
                state?.status == .completed ? nil : (file, reason(state))
            }
        )
    }

    /// How far a file is; nil where the store does not have it.
    private func state(of file: String, in store: String) async throws -> VectorStoreFile? {
        do {
            return try await openAI.vectorStores.file(file, in: store)
        } catch  where error.code == .notFound {
            return nil
        }
    }

    private func reason(_ state: VectorStoreFile?) -> String {
        guard state?.status == .failed else { return "it was not indexed in time; try again later" }
        return switch state?.lastError?.code {
        case .unsupportedFile: "its content is not what its file type says, or the type is not supported"
        case .invalidFile: "no text could be read from it: it is damaged, encrypted or has no text"
        default: "it could not be indexed; try again later"
        }
    }
}
