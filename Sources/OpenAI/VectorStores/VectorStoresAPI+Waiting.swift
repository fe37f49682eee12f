extension VectorStoresAPI {
    /// Waits until the indexing of a file has ended; polls at the interval that the API asks for.
    ///
    /// A file that the API does not find right after it was added is polled for ten more seconds.
    ///
    /// - Parameters:
    ///   - fileID: The file's ID.
    ///   - storeID: The vector store's ID.
    ///   - timeout: How long to wait at most.
    ///   - interval: The polling interval, where the API sets none.
    /// - Returns: The file with its status.
    /// - Throws: ``OpenAIError`` with code `deadlinePassed` after the timeout, or as any call.
    public func waitForFile(
        _ fileID: String,
        in storeID: String,
        timeout: Duration,
        interval: Duration = .seconds(1)
    ) async throws(OpenAIError) -> VectorStoreFile {
        try await Poller(transport: transport, interval: interval).wait(
            for: .get("vector_stores", storeID, "files", fileID),
            timeout: timeout
        ) { (file: VectorStoreFile) in file.status.isFinal }
    }

    /// Waits until none of a batch's files is being indexed any more; polls at the interval that the API asks for.
    ///
    /// - Parameters:
    ///   - id: The batch's ID.
    ///   - storeID: The vector store's ID.
    ///   - timeout: How long to wait at most.
    ///   - interval: The polling interval, where the API sets none.
    ///   - isDone: Whether to end the wait; called for each polled batch.
    ///   - progress: Called with the counts of each polled batch.
    /// - Returns: The batch; ``filesOfBatch(_:in:filter:)`` lists the files that failed.
    /// - Throws: ``OpenAIError`` with code `deadlinePassed` after the timeout, or as any call.
    public func waitForBatch(
        _ id: String,
        in storeID: String,
        timeout: Duration,
        interval: Duration = .seconds(1),
        until isDone: (FileBatch) -> Bool = \.isSettled,
        progress: (FileCounts) -> Void = { _ in }
    ) async throws(OpenAIError) -> FileBatch {
        try await Poller(transport: transport, interval: interval).wait(
            for: .get("vector_stores", storeID, "file_batches", id),
            timeout: timeout
        ) { (batch: FileBatch) in
            progress(batch.fileCounts)
            return isDone(batch)
        }
    }
}
