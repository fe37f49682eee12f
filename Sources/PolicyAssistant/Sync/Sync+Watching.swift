internal import Logging

extension Sync {
    /// What came of one sync of a watch.
    public enum WatchEvent: Sendable {
        /// It was done.
        case synced(SyncReceipt)
        /// It was not; the next change, or a while, brings the next attempt.
        case failed(PolicyAssistantError)
    }

    /// Syncs now, and whenever the assets folder has changed and been quiet for a while, until the task is cancelled.
    ///
    /// Where a sync fails, as Redis or upstream is away, it is tried again after a pause that grows to a minute.
    ///
    /// - Parameters:
    ///   - options: How to run each sync.
    ///   - quiet: How long nothing must have changed; a program that saves a file changes it more than once.
    ///   - progress: Is told how far a sync has come.
    ///   - report: Is told what came of each.
    /// - Throws: `CancellationError`; ``PolicyAssistantError`` with the code `fileUnreadable` where folders cannot be
    ///   watched.
    public func watch(
        _ options: SyncOptions,
        quietFor quiet: Duration,
        progress: @escaping @Sendable (SyncProgress) -> Void = { _ in },
        report: @escaping @Sendable (WatchEvent) -> Void
    ) async throws {
        #if os(Linux)
            let folder = try FolderWatch(root: settings.assetsDirectory)
            var pause = Self.shortestPause
            while true {
                // Watched before it is scanned: what changes in between is told.
                try folder.refresh()
                try await folder.isQuiet(for: quiet)
                do throws(PolicyAssistantError) {
                    report(.synced(try await syncOnce(options, progress)))
                    pause = Self.shortestPause
                    for await _ in folder.changes { break }
                } catch  where error.code == .syncRefused {
                    // Nothing will be other until somebody changes the folder.
                    report(.failed(error))
                    for await _ in folder.changes { break }
                } catch {
                    try Task.checkCancellation()
                    report(.failed(error))
                    try await Task.sleep(for: pause)
                    pause = min(pause * 2, .seconds(60))
                }
                try Task.checkCancellation()
            }
        #else
            throw PolicyAssistantError(.fileUnreadable, "--watch needs inotify, which only Linux has.")
        #endif
    }

    private static let shortestPause = Duration.seconds(1)

    private func syncOnce(
        _ options: SyncOptions,
        _ progress: @escaping @Sendable (SyncProgress) -> Void
    ) async throws(PolicyAssistantError) -> SyncReceipt {
        do {
            return try await run(options, progress: progress)
        } catch let error as PolicyAssistantError {
            throw error
        } catch {
            throw PolicyAssistantError(.upstreamFailed, "The sync was broken off.", cause: error)
        }
    }
}
