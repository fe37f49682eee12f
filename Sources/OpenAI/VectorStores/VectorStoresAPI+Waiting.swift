extension VectorStoresAPI {
    /// Waits until a file is indexed, or is not going to be; asks as often as the API likes to be asked.
    ///
    /// A file that the API does not show yet, right after it was attached, is asked for some seconds longer.
    ///
    /// - Parameters:
    ///   - fileID: The file.
    ///   - storeID: The store.
    ///   - timeout: How long to wait at most.
    ///   - interval: The pause between questions, where the API does not say.
    /// - Returns: The file, whose status says how it went.
    /// - Throws: ``OpenAIError`` with code `deadlinePassed` if it takes too long, or as a call does.
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

    /// Waits until no file of a batch is being indexed any more; asks as often as the API likes to be asked.
    ///
    /// - Parameters:
    ///   - id: The batch.
    ///   - storeID: The store.
    ///   - timeout: How long to wait at most.
    ///   - interval: The pause between questions, where the API does not say.
    ///   - isDone: Whether the batch need not be waited for any longer; asked at each question.
    ///   - progress: Is told the counts at each question.
    /// - Returns: The batch; which of its files failed, ``filesOfBatch(_:in:filter:)`` tells.
    /// - Throws: ``OpenAIError`` with code `deadlinePassed` if it takes too long, or as a call does.
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
