internal import GRDB
internal import Synchronization

/// The locks by which one response at a time is created in a conversation, across all processes on the database.
///
/// A lock is a row with a lease. It ends with its response. The lock of a killed process is taken over once its lease has
/// run out, or as soon as the process is known to be gone. A response that has lost its lock cannot be stored.
struct ConversationLocks: Sendable {
    /// The seconds after which a lock can be taken over, unless answers may take longer.
    static let lease = 60

    let holder: LeaseHolder
    let clock: WallClock
    /// The seconds after which a lock can be taken over.
    var duration = Self.lease

    /// Takes the lock of a conversation.
    ///
    /// - Returns: The token of the lock.
    /// - Throws: `StorageError.conversationLocked` if another response has it.
    func take(_ subject: String, in db: Database) throws -> String {
        try requireFree(subject, in: db)
        let token = Identifier.make("")
        try db.execute(
            sql: "INSERT OR REPLACE INTO turn_lock (subject, token, holder, lease_until) VALUES (?, ?, ?, ?)",
            arguments: [subject, token, holder.name, clock.now + duration]
        )
        return token
    }

    /// Throws if a response has the lock.
    ///
    /// - Throws: `StorageError.conversationLocked`.
    func requireFree(_ subject: String, in db: Database) throws {
        let row = try Row.fetchOne(
            db,
            sql: "SELECT holder, lease_until FROM turn_lock WHERE subject = ?",
            arguments: [subject]
        )
        guard let row, row["lease_until"] > clock.now, !LeaseHolder.isGone(row["holder"]) else { return }
        throw StorageError.conversationLocked
    }

    /// Releases a lock.
    ///
    /// - Returns: Whether it was still held.
    @discardableResult
    static func release(_ subject: String, token: String, in db: Database) throws -> Bool {
        try db.execute(sql: "DELETE FROM turn_lock WHERE subject = ? AND token = ?", arguments: [subject, token])
        return db.changesCount > 0
    }
}

/// The lock of a conversation while a response has it.
///
/// The lock is released at the latest when the response's work ends: stored or refused, failed, cancelled because the
/// client disconnected, or never begun because the connection was gone before the first byte of the answer.
final class HeldLock: Sendable {
    /// The conversation.
    let subject: String
    private let token: String
    private let pool: DatabasePool
    private let isReleased = Mutex(false)

    /// Wraps a lock that has been taken.
    init(subject: String, token: String, pool: DatabasePool) {
        self.subject = subject
        self.token = token
        self.pool = pool
    }

    /// Releases the lock in the transaction that stores the response.
    ///
    /// - Throws: `StorageError.conversationLocked` if another response has taken it over.
    func release(in db: Database) throws {
        guard try ConversationLocks.release(subject, token: token, in: db) else {
            throw StorageError.conversationLocked
        }
        db.afterNextTransaction(onCommit: { [self] _ in isReleased.withLock { $0 = true } })
    }

    deinit {
        guard !isReleased.withLock({ $0 }) else { return }
        let (subject, token) = (subject, token)
        // Neither waits nor depends on the task that ends here, which may be cancelled. After a failure, the lease ends.
        pool.asyncWrite { db in
            try ConversationLocks.release(subject, token: token, in: db)
        } completion: { _, _ in
        }
    }
}
