internal import Logging

extension Sync {
    /// What came of one sync of a watch.
    public enum WatchEvent: Sendable {
        /// It was done.
        case synced(SyncReceipt)
        /// It was not; the next change, or a while, brings the next attempt.
        case failed(PolicyAssistantError)
    }

    /// When a watch syncs.
    public struct WatchTiming: Sendable, Hashable {
        /// How long nothing must have changed; a program that saves a file changes it more than once.
        public var quiet: Duration
        /// How often the folder is looked at even where the system tells of no change, as on network shares; zero: never.
        public var rescan: Duration

        /// Creates timing.
        public init(quiet: Duration = .seconds(3), rescan: Duration = .seconds(30)) {
            self.quiet = quiet
            self.rescan = rescan
        }
    }

    /// Syncs now, and whenever the assets folder has changed and been quiet for a while, until the task is cancelled.
    ///
    /// Where a sync fails, as Redis or upstream is away, it is tried again after a pause that grows to a minute. A document
    /// that a program has open and has changed is taken when it is closed: others wait for it for a minute, and then go
    /// ahead.
    ///
    /// - Parameters:
    ///   - options: How to run each sync.
    ///   - timing: When to run them.
    ///   - progress: Is told how far a sync has come.
    ///   - report: Is told what came of each.
    /// - Throws: `CancellationError`; ``PolicyAssistantError`` with the code `fileUnreadable` where folders cannot be
    ///   watched.
    public func watch(
        _ options: SyncOptions,
        _ timing: WatchTiming = WatchTiming(),
        progress: @escaping @Sendable (SyncProgress) -> Void = { _ in },
        report: @escaping @Sendable (WatchEvent) -> Void
    ) async throws {
        #if os(Linux)
            let folder = try FolderWatch(root: settings.assetsDirectory)
            try await withThrowingTaskGroup(of: Void.self) { group in
                defer { group.cancelAll() }
                if timing.rescan > .zero {
                    group.addTask {
                        while true {
                            try await Task.sleep(for: timing.rescan)
                            folder.wake()
                        }
                    }
                }
                group.addTask { try await follow(folder, options, timing, progress, report) }
                try await group.next()
            }
        #else
            throw PolicyAssistantError(.fileUnreadable, "--watch needs inotify, which only Linux has.")
        #endif
    }

    #if os(Linux)
        private func follow(
            _ folder: FolderWatch,
            _ options: SyncOptions,
            _ timing: WatchTiming,
            _ progress: @escaping @Sendable (SyncProgress) -> Void,
            _ report: @escaping @Sendable (WatchEvent) -> Void
        ) async throws {
            var pause = Self.shortestPause
            while true {
                // Watched before it is scanned: what changes in between is told.
                try folder.refresh()
                try await folder.isQuiet(for: timing.quiet)
                _ = folder.takeChange()
                var options = options
                options.beingWritten = folder.beingWritten
                let findings = findings()
                var isSomethingBeingWritten = false
                do throws(PolicyAssistantError) {
                    let receipt = try await syncOnce(options, progress)
                    isSomethingBeingWritten = receipt.failed.contains { $0.reason == OpenFile.beingWritten }
                    report(.synced(receipt))
                    pause = Self.shortestPause
                } catch  where error.code == .syncRefused {
                    // Nothing will be other until somebody changes the folder.
                    report(.failed(error))
                } catch {
                    try Task.checkCancellation()
                    report(.failed(error))
                    try await Task.sleep(for: pause)
                    pause = min(pause * 2, .seconds(60))
                    continue
                }
                try await waitForChange(of: folder, since: findings, timing, isSomethingBeingWritten)
            }
        }

        /// Waits until the system tells of a change, or a look at the folder shows one.
        private func waitForChange(
            of folder: FolderWatch,
            since findings: AssetScanner.Findings?,
            _ timing: WatchTiming,
            _ isSomethingBeingWritten: Bool
        ) async throws {
            for await _ in folder.wakeUps {
                try Task.checkCancellation()
                if folder.takeChange() { return }
                var now = self.findings()
                if now == findings {
                    // A file whose closing goes unnoticed is looked at again.
                    if isSomethingBeingWritten, folder.beingWritten.isEmpty { return }
                    continue
                }
                // Of a change that the system does not tell of, it does not tell the end either.
                while true {
                    try await Task.sleep(for: max(timing.quiet, .milliseconds(1)))
                    let later = self.findings()
                    if later == now { return }
                    now = later
                }
            }
            try Task.checkCancellation()
        }

        /// What is in the folder; nil where it cannot be read.
        private func findings() -> AssetScanner.Findings? {
            try? AssetScanner(root: settings.assetsDirectory, readBy: settings.upstream).scan()
        }
    #endif

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
