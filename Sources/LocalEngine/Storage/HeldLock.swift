internal import GRDB
internal import Synchronization

/// A conversation's lock while a turn has it.
///
/// However the turn ends, its end gives the lock back: kept or refused, failed, cancelled because the client went away,
/// or never begun because the connection was gone before the answer's first byte.
final class HeldLock: Sendable {
    /// The conversation.
    let subject: String
    private let token: String
    private let pool: DatabasePool
    private let isSettled = Mutex(false)

    /// A lock that was taken.
    init(subject: String, token: String, pool: DatabasePool) {
        self.subject = subject
        self.token = token
        self.pool = pool
    }

    /// Gives the lock back in the transaction that keeps the turn's answer.
    ///
    /// - Throws: `APIError.conversationLocked` if another turn has taken it over.
    func settle(in db: Database) throws {
        guard try ConversationLocks.release(subject, token: token, in: db) else { throw APIError.conversationLocked }
        db.afterNextTransaction(onCommit: { [self] _ in isSettled.withLock { $0 = true } })
    }

    deinit {
        guard !isSettled.withLock({ $0 }) else { return }
        let (subject, token) = (subject, token)
        // Neither waits nor depends on the task that ends here, which may be cancelled. A failure leaves it to the lease.
        pool.asyncWrite { db in
            try ConversationLocks.release(subject, token: token, in: db)
        } completion: { _, _ in
        }
    }
}
