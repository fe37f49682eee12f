internal import GRDB

/// Who may add to a conversation now: one turn at a time, across all processes on the database.
///
/// A lock is a row with a lease. It ends with its turn; what a killed process left behind is taken over once its lease
/// has run out, or as soon as the process is known to be gone. A turn that lost its lock that way finds out when it
/// wants to keep its answer, and keeps nothing.
struct ConversationLocks: Sendable {
    /// How long a turn may take before its lock can be taken over.
    static let lease = 60

    let holder: LeaseHolder
    let clock: WallClock

    /// Takes the lock of a conversation.
    ///
    /// - Returns: The token that proves it.
    /// - Throws: `APIError.conversationLocked` if another turn has it.
    func take(_ subject: String, in db: Database) throws -> String {
        try requireFree(subject, in: db)
        let token = Identifier.make("")
        try db.execute(
            sql: "INSERT OR REPLACE INTO turn_lock (subject, token, holder, lease_until) VALUES (?, ?, ?, ?)",
            arguments: [subject, token, holder.name, clock.now + Self.lease]
        )
        return token
    }

    /// Makes sure that nobody has the lock.
    ///
    /// - Throws: `APIError.conversationLocked` if a turn has it.
    func requireFree(_ subject: String, in db: Database) throws {
        let row = try Row.fetchOne(
            db,
            sql: "SELECT holder, lease_until FROM turn_lock WHERE subject = ?",
            arguments: [subject]
        )
        guard let row, row["lease_until"] > clock.now, !LeaseHolder.isGone(row["holder"]) else { return }
        throw APIError.conversationLocked
    }

    /// Gives a lock back.
    ///
    /// - Returns: Whether it was still held.
    @discardableResult
    static func release(_ subject: String, token: String, in db: Database) throws -> Bool {
        try db.execute(sql: "DELETE FROM turn_lock WHERE subject = ? AND token = ?", arguments: [subject, token])
        return db.changesCount > 0
    }
}
