internal import Logging
internal import OpenAI

/// What every phase of one sync works with.
///
/// All changes are made under the sync's lock: ``write(_:)`` writes only where Redis still names this sync as its holder,
/// and a phase calls ``check()`` before each change upstream.
struct SyncContext: Sendable {
    let settings: Settings
    let options: SyncOptions
    let files: FilesDatabase
    let threads: ThreadsDatabase
    let index: VectorStoreIndex
    let lease: Lease
    /// Receives how far the sync has come, from several tasks.
    let progress: @Sendable (SyncProgress) -> Void
    let logger: Logger

    /// Makes sure, without a call, that no other sync can hold the lock yet.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `syncLockLost`.
    func check() throws {
        try lease.check()
    }

    /// Writes several records at once.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `syncLockLost`, with nothing written, where another sync holds the
    ///   lock.
    func write(_ writes: [FilesDatabase.Write]) async throws {
        try await files.write(writes, holding: lease)
    }

    /// Calls `change` for each element, ``SyncOptions/concurrency`` at a time, with a ``check()`` before each.
    @discardableResult
    func forEach<Element: Sendable, Result: Sendable>(
        of elements: [Element],
        _ change: @escaping @Sendable (Element) async throws -> Result
    ) async throws -> [Result] {
        try await elements.mapConcurrently(limit: options.concurrency) { element in
            try check()
            return try await change(element)
        }
    }

    /// Deletes files that must not come into force; each is on record as trash before, and until it is gone.
    ///
    /// - Parameters:
    ///   - fileIDs: The files.
    ///   - writes: Further writes, made together with the record of the trash.
    ///   - store: The vector store that may have the files.
    /// - Throws: ``PolicyAssistantError``, `OpenAIError`.
    func discard(_ fileIDs: [String], with writes: [FilesDatabase.Write] = [], from store: String?) async throws {
        try await write(writes + fileIDs.map { .trashFile(id: $0) })
        try await forEach(of: fileIDs) { fileID in
            try await index.delete(fileID, from: store)
            try await write([.untrashFile(id: fileID)])
        }
    }
}

/// A document whose content is uploaded and is to be part of the new revision.
struct UploadedDocument: Sendable {
    let document: SyncPlan.Document
    let fileID: String
    /// The uploaded file's name; empty where it is not known.
    let name: String

    var path: String { document.file.path }
}

/// The uploads for the new revision, by their documents' paths.
typealias Uploads = [ExactPath: UploadedDocument]
