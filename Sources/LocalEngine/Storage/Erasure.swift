internal import GRDB
internal import Synchronization

/// Erases deleted data from the disk.
///
/// SQLite overwrites deleted content with zeros (`secure_delete`), but its write-ahead log holds earlier copies of the
/// pages until it is emptied.
final class Erasure: Sendable {
    /// The seconds for which emptying the log may delay other writers.
    private static let busyTimeout = 0.1

    private let path: String
    /// Whether something was deleted since the log was last emptied; true at first, as an earlier process may have deleted it.
    private let isDue = Atomic(true)

    /// - Parameter path: The database's path.
    init(path: String) {
        self.path = path
    }

    /// Records that something was deleted.
    func note() {
        isDue.store(true, ordering: .releasing)
    }

    /// Empties the log if something was deleted; while others read or write, the next call tries again.
    ///
    /// - Throws: `DatabaseError`.
    func finish() async throws {
        guard isDue.exchange(false, ordering: .acquiringAndReleasing) else { return }
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(Self.busyTimeout)
            // It has its own connection, so that nobody waits for longer than that.
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try await queue.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
        } catch {
            note()
            guard (error as? DatabaseError)?.resultCode == .SQLITE_BUSY else { throw error }
        }
    }
}
