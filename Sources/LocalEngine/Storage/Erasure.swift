internal import GRDB
internal import Synchronization

/// Makes what was deleted unreadable on disk as well.
///
/// SQLite overwrites deleted content with zeros (`secure_delete`), but its write-ahead log holds earlier copies of the
/// pages until it is emptied.
final class Erasure: Sendable {
    /// How long the log's end may keep others from writing.
    private static let patience = 0.1

    private let path: String
    /// Whether something was deleted since the log was last emptied; at first, as it may have been by an earlier process.
    private let isDue = Atomic(true)

    /// - Parameter path: The database's path.
    init(path: String) {
        self.path = path
    }

    /// Notes that something was deleted.
    func note() {
        isDue.store(true, ordering: .releasing)
    }

    /// Empties the log, if something was deleted; where somebody reads or writes just then, the next call tries again.
    ///
    /// - Throws: `DatabaseError`.
    func finish() async throws {
        guard isDue.exchange(false, ordering: .acquiringAndReleasing) else { return }
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(Self.patience)
            // A connection of its own, so that nobody waits for longer than that.
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try await queue.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
        } catch {
            note()
            guard (error as? DatabaseError)?.resultCode == .SQLITE_BUSY else { throw error }
        }
    }
}
