internal import FoundationEssentials
internal import OpenAI

/// The documents upstream: uploaded files in one vector store.
///
/// A file takes part in answers for a span of revisions, which its attributes `since` and `until` hold. A turn searches
/// only what its own revision includes. So new content can be indexed, and old content retired, before the one write in
/// Redis that raises the revision: until then no turn finds the new, from then on none finds the old.
struct DocumentIndex: Sendable {
    let openAI: OpenAIClient

    /// The largest number of files that are attached with one call.
    static let batchSize = 500
    /// The `until` of a file that is not retired: larger than any revision, and exact as a JSON number.
    private static let indefinitely = 9_007_199_254_740_991.0

    /// What a file of a revision in force must satisfy.
    static func filter(forRevision revision: Int) -> SearchFilter {
        .and([
            .comparison(key: "since", .lessOrEqual, .value(.number(Double(revision)))),
            .comparison(key: "until", .greater, .value(.number(Double(revision)))),
        ])
    }

    func makeStore() async throws -> String {
        try await openAI.vectorStores.create(name: "policy-assistant", metadata: ["app": "policy-assistant"]).id
    }

    /// Whether the store is there and has not expired.
    func hasStore(_ id: String) async throws -> Bool {
        do {
            return try await openAI.vectorStores.retrieve(id).status != .expired
        } catch  where error.code == .notFound {
            return false
        }
    }

    /// Uploads a document, streamed from disk.
    func upload(_ file: ScannedFile) async throws -> String {
        let filename = file.path.split(separator: "/").last.map(String.init) ?? file.path
        return try await openAI.files.upload(path: file.absolutePath, filename: filename, purpose: .assistants).id
    }

    /// Finds uploads whose answers were lost: files of the same name and size, not older than the upload.
    ///
    /// - Parameters:
    ///   - uploads: Uploads of which no ID is known.
    ///   - known: The IDs of files that are accounted for.
    /// - Returns: The IDs found, by the documents' paths.
    /// - Throws: `OpenAIError`.
    func findLost(_ uploads: [PendingUpload], known: Set<String>) async throws -> [String: String] {
        guard !uploads.isEmpty else { return [:] }
        var found: [String: String] = [:]
        var taken = known
        let candidates = try await openAI.files.all(purpose: .assistants).collect()
        for upload in uploads {
            let name = upload.path.split(separator: "/").last.map(String.init)
            let match = candidates.first {
                $0.filename == name && $0.bytes == upload.bytes
                    && $0.createdAt.map { $0.timeIntervalSince1970 >= Double(upload.begunAt - 60) } ?? true
                    && !taken.contains($0.id)
            }
            guard let match else { continue }
            taken.insert(match.id)
            found[upload.path] = match.id
        }
        return found
    }

    /// Attaches files from `revision` on and waits until each is indexed or has failed.
    ///
    /// - Returns: Why the files that failed did so, by their IDs.
    func attach(
        _ files: [(fileID: String, path: String, sha256: String)],
        to store: String,
        since revision: Int,
        deadline: Duration,
        progress: @Sendable (_ settled: Int) -> Void
    ) async throws -> [String: String] {
        var failures: [String: String] = [:]
        var settled = 0
        for start in stride(from: 0, to: files.count, by: Self.batchSize) {
            let part = files[start..<min(start + Self.batchSize, files.count)]
            let batch = try await openAI.vectorStores.createBatch(
                of: part.map {
                    BatchFile($0.fileID, attributes: attributes($0.path, $0.sha256, since: revision, until: nil))
                },
                in: store
            )
            let before = settled
            let done = try await openAI.vectorStores.waitForBatch(batch.id, in: store, timeout: deadline) { counts in
                progress(before + counts.total - counts.inProgress)
            }
            settled += part.count
            if done.fileCounts.completed < part.count {
                failures.merge(try await reasons(ofBatch: batch.id, in: store, files: part.map(\.fileID))) { $1 }
            }
            progress(settled)
        }
        return failures
    }

    /// Lets a file end with the revision before `revision`.
    func retire(_ file: TrackedFile, in store: String, at revision: Int) async throws {
        _ = try await openAI.vectorStores.updateAttributes(
            attributes(file.path, file.sha256, since: file.revision, until: revision),
            of: file.fileID,
            in: store
        )
    }

    /// Takes back a retirement that was never switched to, or gives a file its new path.
    func reinstate(_ file: TrackedFile, in store: String) async throws {
        _ = try await openAI.vectorStores.updateAttributes(
            attributes(file.path, file.sha256, since: file.revision, until: nil),
            of: file.fileID,
            in: store
        )
    }

    /// Detaches a file and deletes it; one that is gone already is as good.
    func delete(_ fileID: String, from store: String?) async throws {
        if let store {
            try await ignoringAbsence { try await openAI.vectorStores.detach(fileID, from: store) }
        }
        try await ignoringAbsence { try await openAI.files.delete(fileID) }
    }

    private func attributes(
        _ path: String,
        _ sha256: String,
        since: Int,
        until: Int?
    ) -> [String: AttributeValue] {
        var attributes: [String: AttributeValue] = [
            "sha256": .string(sha256),
            "since": .number(Double(since)),
            "until": .number(until.map(Double.init) ?? Self.indefinitely),
        ]
        // Longer values are refused upstream; the record in Redis has the path in any case.
        if path.unicodeScalars.count <= 256 { attributes["path"] = .string(path) }
        return attributes
    }

    private func reasons(
        ofBatch batch: String,
        in store: String,
        files: [String]
    ) async throws -> [String: String] {
        var reasons: [String: String] = [:]
        for file in files {
            let state = try await openAI.vectorStores.file(file, in: store)
            switch state.status {
            case .completed: continue
            case .failed: reasons[file] = reason(state.lastError?.code)
            default: reasons[file] = "it was not indexed in time; try again later"
            }
        }
        return reasons
    }

    private func reason(_ code: VectorStoreFile.IndexingError.Code?) -> String {
        switch code {
        case .unsupportedFile: "its content is not what its file type says, or the type is not supported"
        case .invalidFile: "no text could be read from it: it is damaged, encrypted or has no text"
        default: "it could not be indexed; try again later"
        }
    }
}
