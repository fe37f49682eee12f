internal import Logging
internal import ServiceLifecycle

/// Looks after what only time brings about: expired files, old responses, runs and other work that another process left,
/// and what was deleted and is still on disk.
struct Housekeeping: Service {
    let files: FileRepository
    let responses: ResponseRepository
    let runs: RunRepository
    let erasure: Erasure
    let indexing: IndexSignal
    /// How often to look.
    let interval: Duration
    let logger: Logger

    /// Looks at intervals until the engine shuts down.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                await tidy()
                indexing.wake()
            } while (try? await Task.sleep(for: interval)) != nil
        }
    }

    private func tidy() async {
        do {
            try await files.deleteExpired()
            if try await responses.deleteExpired() { erasure.note() }
            try await runs.endAbandoned()
            try await erasure.finish()
        } catch is CancellationError {
        } catch {
            logger.error("housekeeping failed", metadata: ["error": "\(error.kind)"])
        }
    }
}
