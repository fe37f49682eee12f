internal import PolicyAssistant
internal import ServiceLifecycle

/// Syncs after each change of the assets folder, until the program is to end.
///
/// A sync that is at work then is broken off, which is safe at any instant.
struct FolderWatchService: Service {
    let sync: Sync
    let options: SyncOptions
    let timing: Sync.WatchTiming
    let report: @Sendable (Sync.WatchEvent) -> Void

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                try await sync.watch(options, timing, report: report)
            }
        } catch is CancellationError {}
    }
}
