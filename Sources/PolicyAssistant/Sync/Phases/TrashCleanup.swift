internal import Logging
internal import OpenAI

/// Deletes the files and vector stores that nothing uses any more.
struct TrashCleanup: Sendable {
    let context: SyncContext
    /// The vector store in force.
    let store: String

    /// Adds to the trash the uploads that were given up without an answer and have turned up since.
    func collectLostUploads() async throws {
        let names = try await context.files.lostUploadNames()
        let found = try await context.index.files(named: Set(names))
        let writes: [FilesDatabase.Write] = found.values.joined().map { .trashFile(id: $0) }
        try await context.write(writes + names.map { .removeLostUpload(name: $0) })
    }

    /// Detaches files that are not in force from the vector store, before it is verified that their text is not found.
    ///
    /// Some servers that ignore attributes in batches search by the attributes that a file was attached with, so that its
    /// retirement does not show in their searches.
    func detach(_ fileIDs: [String]) async throws {
        try await context.forEach(of: fileIDs) { fileID in
            try await context.index.detach(fileID, from: store)
        }
    }

    /// Deletes vector stores; one that cannot be deleted stays in the trash for the next run.
    func delete(stores: [String]) async throws {
        for store in stores {
            do {
                try context.check()
                try await context.index.deleteStore(store)
            } catch let error as OpenAIError {
                context.logger.warning("a vector store could not be deleted yet", metadata: ["error": "\(error)"])
                continue
            }
            try await context.write([.untrashVectorStore(id: store)])
        }
    }

    /// Deletes files; one that cannot be deleted stays in the trash for the next run.
    ///
    /// - Returns: The number of files that were deleted.
    func delete(files: [String]) async throws -> Int {
        let counter = ProgressCounter(.cleaning, of: files.count, context.progress)
        return try await context.forEach(of: files) { fileID in
            defer { counter.advance() }
            do {
                try await context.index.delete(fileID, from: store)
            } catch let error as OpenAIError {
                context.logger.warning(
                    "a file could not be deleted",
                    metadata: ["file_id": "\(fileID)", "error": "\(error)"]
                )
                return false
            }
            try await context.write([.untrashFile(id: fileID)])
            return true
        }.count(where: \.self)
    }
}
