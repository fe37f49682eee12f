internal import FoundationEssentials
internal import Logging
internal import OpenAI

/// Uploads the documents that are new or changed; no turn finds an upload before it is indexed and switched to.
struct DocumentUpload: Sendable {
    let context: SyncContext
    let state: SyncState

    private static let maximumTakes = 3
    private static let maximumAttempts = 4
    private static let longestPause = Duration.seconds(60)

    private struct Failure: Error {
        let reason: String
    }

    /// Uploads what the plan names.
    ///
    /// - Parameter kept: The uploads of an earlier run.
    /// - Returns: These and the new ones, and the documents that could not be uploaded.
    /// - Throws: ``PolicyAssistantError``; `OpenAIError` where no other upload would succeed either.
    func run(keeping kept: Uploads) async throws -> (uploads: Uploads, failures: [LeftOutDocument]) {
        let waiting = state.plan.uploads.filter { kept[ExactPath($0.file.path)] == nil }
        let counter = ProgressCounter(.uploading, of: waiting.count, context.progress)
        let outcomes = try await waiting.mapConcurrently(limit: context.options.concurrency) { document in
            defer { counter.advance() }
            return try await upload(document)
        }
        var (uploads, failures) = (kept, [LeftOutDocument]())
        for (document, outcome) in zip(waiting, outcomes) {
            let path = document.file.path
            switch outcome {
            case .success(let upload): uploads[ExactPath(path)] = upload
            case .failure(let failure): failures.append(LeftOutDocument(path: path, reason: failure.reason))
            }
        }
        return (uploads, failures)
    }

    /// Uploads a document, again where it changes meanwhile.
    ///
    /// The content is hashed and sent from one descriptor. It is the content that was hashed where the file's stamp is the
    /// same before and after; where only the stamp has changed, the file is hashed again.
    private func upload(_ document: SyncPlan.Document) async throws -> Result<UploadedDocument, Failure> {
        let folder = state.folder
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
            let sent = try await send(document, file)
            let isWhole = FileStamp(of: file) == document.file.stamp || (try? file.sha256()) == document.sha256
            // A file that has taken its place meanwhile is the newer version.
            let inPlace = (try? folder.open(document.file.location)).flatMap { FileStamp(of: $0) }
            if isWhole, inPlace == FileStamp(of: file) { return sent }
            let discards = (try? sent.get()).map { [FilesDatabase.Write.trashFile(id: $0.fileID)] } ?? []
            try await context.write([.removeUpload(path: document.file.path)] + discards)
            guard inPlace != nil else {
                return .failure(Failure(reason: "it was removed while it was uploaded; run the sync again"))
            }
        }
        return .failure(Failure(reason: "it was changed again and again while it was uploaded; run the sync again"))
    }

    /// Sends a document's content.
    ///
    /// Each attempt has a name of its own, and one whose answer is lost is looked for before the next: no file is uploaded
    /// twice, and none is forgotten.
    private func send(_ document: SyncPlan.Document, _ file: OpenFile) async throws -> Result<UploadedDocument, Failure>
    {
        let path = document.file.path
        var pause = Duration.milliseconds(500)
        var attempt = 0
        while true {
            attempt += 1
            let name = PendingUpload.uniqueName(for: path)
            try await context.write([.saveUpload(PendingUpload(path: path, sha256: document.sha256, name: name))])
            try context.check()
            do {
                let fileID = try await context.index.upload(file.descriptor, as: name)
                return .success(try await record(fileID, named: name, of: document))
            } catch let error as OpenAIError {
                context.logger.debug("upload failed", metadata: ["error": "\(error)", "attempt": "\(attempt)"])
                if error.leavesItOpen {
                    if let fileID = try await context.index.files(named: [name])[name]?.first {
                        return .success(try await record(fileID, named: name, of: document))
                    }
                    try await context.write([.addLostUpload(name: name)])
                }
                guard error.mayPass, attempt < Self.maximumAttempts || error.code == .rateLimited else {
                    guard error.concernsOneFile else { throw error }
                    try await context.write([.removeUpload(path: path)])
                    return .failure(Failure(reason: error.reasonNotToUpload))
                }
                try await Task.sleep(for: error.retryAfter ?? pause)
                pause = min(pause * 2, Self.longestPause)
            }
        }
    }

    /// Records an uploaded file's ID; where the lock is lost, the file is deleted, as no record would name it.
    private func record(
        _ fileID: String,
        named name: String,
        of document: SyncPlan.Document
    ) async throws -> UploadedDocument {
        do {
            try await context.write([.setUploadedFile(path: document.file.path, fileID: fileID)])
        } catch let error as PolicyAssistantError where error.code == .syncLockLost {
            await withoutCancellation { [context] in try? await context.index.delete(fileID, from: nil) }
            throw error
        }
        return UploadedDocument(document: document, fileID: fileID, name: name)
    }
}

extension OpenAIError {
    /// Why a file was not uploaded, with upstream's message.
    fileprivate var reasonNotToUpload: String {
        let reason = "it could not be uploaded; try again later"
        guard let message = upstreamMessage?.onOneLine(upTo: 300), !message.isEmpty else { return reason }
        return "\(reason) (upstream: \(message))"
    }

    /// Whether another file may be uploaded all the same.
    fileprivate var concernsOneFile: Bool {
        [.invalidRequest, .serverError, .timedOut, .malformedAnswer, .answerCutOff, .fileUnreadable].contains(code)
    }
}
