internal import FoundationEssentials
internal import Logging
internal import OpenAI

/// Before the switch: contents are uploaded and indexed, and nobody sees them yet.
extension SyncRun {
    struct Failure: Error {
        let reason: String
    }

    func upload(
        _ state: SyncState,
        into uploads: inout Uploads,
        _ receipt: inout SyncReceipt,
        holding lease: Lease
    ) async throws {
        let waiting = state.plan.uploads.filter { [uploads] in uploads[ExactPath($0.file.path)] == nil }
        let counter = ProgressCounter(.uploading, of: waiting.count, progress)
        let outcomes = try await waiting.mapConcurrently(limit: options.concurrency) { document in
            defer { counter.advance() }
            return try await upload(document, state.folder, holding: lease)
        }
        for (document, outcome) in zip(waiting, outcomes) {
            switch outcome {
            case .success(let upload): uploads[ExactPath(document.file.path)] = upload
            case .failure(let failure): receipt.fail(document.file.path, failure.reason)
            }
        }
    }

    /// Uploads a document, again where it was changed meanwhile.
    ///
    /// The content is hashed and sent from one descriptor. It stands as it was hashed where the file's stamp is the same
    /// before and after; where only the stamp has changed, another reading shows it.
    private func upload(
        _ document: SyncPlan.Document,
        _ folder: AssetFolder,
        holding lease: Lease
    ) async throws -> Result<Upload, Failure> {
        var document = document
        for _ in 0..<Self.maximumTakes {
            let file: OpenFile
            do throws(PolicyAssistantError) {
                file = try folder.open(document.file)
                guard let stamp = FileStamp(of: file) else { throw .init(.fileUnreadable, "it cannot be read") }
                document.file.stamp = stamp
                document.sha256 = try file.sha256()
            } catch {
                return .failure(Failure(reason: error.message))
            }
            let sent = try await send(document, file, holding: lease)
            let isWhole = FileStamp(of: file) == document.file.stamp || (try? file.sha256()) == document.sha256
            // What has taken the file's place meanwhile is the newer version.
            let inPlace = (try? folder.open(document.file.location)).flatMap { FileStamp(of: $0) }
            if isWhole, inPlace == FileStamp(of: file) {
                return sent.map { Upload(document: document, fileID: $0.fileID, name: $0.name) }
            }
            let discards = (try? sent.get()).map { [FilesDatabase.Write.trashFile(id: $0.fileID)] } ?? []
            try await sync.files.write([.removeUpload(path: document.file.path)] + discards, holding: lease)
            guard inPlace != nil else {
                return .failure(Failure(reason: "it went away while it was uploaded; run the sync again"))
            }
        }
        return .failure(Failure(reason: "it was changed again and again while it was uploaded; run the sync again"))
    }

    /// Sends a document's content as it is now.
    ///
    /// Each attempt has a name of its own, and one whose answer is lost is looked for before the next: no file is
    /// uploaded twice, and none is forgotten.
    private func send(
        _ document: SyncPlan.Document,
        _ file: OpenFile,
        holding lease: Lease
    ) async throws -> Result<(fileID: String, name: String), Failure> {
        let path = document.file.path
        var pause = Duration.milliseconds(500)
        var attempt = 0
        while true {
            attempt += 1
            let name = PendingUpload.uniqueName(for: path)
            let pending = PendingUpload(path: path, sha256: document.sha256, name: name)
            try await sync.files.write([.saveUpload(pending)], holding: lease)
            try lease.check()
            do {
                let fileID = try await sync.index.upload(file, as: name)
                try await keep(fileID, of: path, holding: lease)
                return .success((fileID, name))
            } catch let error as OpenAIError {
                sync.logger.debug("upload failed", metadata: ["error": "\(error)", "attempt": "\(attempt)"])
                if error.leavesItOpen {
                    if let fileID = try await sync.index.files(named: [name])[name]?.first {
                        try await keep(fileID, of: path, holding: lease)
                        return .success((fileID, name))
                    }
                    try await sync.files.write([.addLostUpload(name: name)], holding: lease)
                }
                guard error.mayPass, attempt < Self.maximumAttempts || error.code == .rateLimited else {
                    guard error.concernsOneFile else { throw error }
                    try await sync.files.write([.removeUpload(path: path)], holding: lease)
                    return .failure(Failure(reason: error.reasonNotToUpload))
                }
                try await Task.sleep(for: error.retryAfter ?? pause)
                pause = min(pause * 2, .seconds(60))
            }
        }
    }

    /// Notes an uploaded file's ID; where the lock was lost meanwhile, nobody else would learn of the file.
    private func keep(_ fileID: String, of path: String, holding lease: Lease) async throws {
        do {
            try await sync.files.write([.setUploadedFile(path: path, fileID: fileID)], holding: lease)
        } catch let error as PolicyAssistantError where error.code == .syncLockLost {
            await withoutCancellation { [sync] in try? await sync.index.delete(fileID, from: nil) }
            throw error
        }
    }

    private static let maximumTakes = 3
    private static let maximumAttempts = 4
}

extension SyncReceipt {
    /// Moves a document from the planned to the failed.
    mutating func fail(_ path: String, _ reason: String) {
        added.removeAll { ExactPath($0) == ExactPath(path) }
        replaced.removeAll { ExactPath($0) == ExactPath(path) }
        failed.append(LeftOutDocument(path: path, reason: reason))
    }
}

extension OpenAIError {
    /// Why a file was not uploaded, with what upstream says of it.
    fileprivate var reasonNotToUpload: String {
        let reason = "it could not be uploaded; try again later"
        guard let message = upstreamMessage?.onOneLine(upTo: 300), !message.isEmpty else { return reason }
        return "\(reason) (upstream: \(message))"
    }

    /// Whether the next file may fare better.
    fileprivate var concernsOneFile: Bool {
        [.invalidRequest, .serverError, .timedOut, .malformedAnswer, .answerCutOff, .fileUnreadable].contains(code)
    }
}
