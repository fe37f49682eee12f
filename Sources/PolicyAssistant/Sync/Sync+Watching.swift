internal import Logging

extension Sync {
    /// The outcome of one sync of a watch.
    public enum WatchEvent: Sendable {
        /// It has ended with a receipt.
        case synced(SyncReceipt)
        /// It has failed; the next attempt follows a change or a pause.
        case failed(PolicyAssistantError)
    }

    /// The timing of a watch.
    public struct WatchTiming: Sendable, Hashable {
        /// How long the folder must not have changed; a program that saves a file changes it more than once.
        public var quiet: Duration
        /// The interval of scans for changes that the system does not report, as on network shares; zero for none.
        public var rescan: Duration

        /// Creates timing.
        public init(quiet: Duration = .seconds(3), rescan: Duration = .seconds(30)) {
            self.quiet = quiet
            self.rescan = rescan
        }
    }

    /// Syncs now, and whenever the assets folder has changed and then been quiet for a while, until the task is cancelled.
    ///
    /// A sync that fails, as Redis or upstream is down, is tried again after a pause that grows to a minute. A document that
    /// a program has open and has changed is taken when it is closed; other changes wait for that for at most a minute.
    ///
    /// - Parameters:
    ///   - options: The options of each sync.
    ///   - timing: When to sync.
    ///   - progress: Receives how far a sync has come, from several tasks.
    ///   - report: Receives the outcome of each sync.
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
                // Watched before it is scanned, so that changes in between are reported.
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
                    // Another attempt is refused as well until the folder changes.
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

        /// Waits until the system reports a change, or a scan shows one.
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
                    // The closing of a file may go unreported.
                    if isSomethingBeingWritten, folder.beingWritten.isEmpty { return }
                    continue
                }
                // The system does not report the end of a change either whose beginning it does not report.
                while true {
                    try await Task.sleep(for: max(timing.quiet, .milliseconds(1)))
                    let later = self.findings()
                    if later == now { return }
                    now = later
                }
            }
            try Task.checkCancellation()
        }

        /// The content of the folder; nil where it cannot be read.
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
            throw PolicyAssistantError(.upstreamFailed, "The sync was interrupted.", cause: error)
        }
    }
}
