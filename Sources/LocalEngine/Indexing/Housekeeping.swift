internal import Logging
internal import ServiceLifecycle

/// Removes at intervals what has expired: files, responses, runs and other work that another process left, and the bytes of
/// deleted data on disk.
struct Housekeeping: Service, CustomStringConvertible {
    let files: FileRepository
    let responses: ResponseRepository
    let runs: RunRepository
    let erasure: Erasure
    let indexing: IndexSignal
    let encoding: IndexSignal
    /// The time between two rounds.
    let interval: Duration
    let logger: Logger

    /// The name that the service group logs; without it, the group reads all that the service holds.
    var description: String { "housekeeping" }

    /// Works at intervals until the engine shuts down.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            repeat {
                await tidy()
                indexing.wake()
                encoding.wake()
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
