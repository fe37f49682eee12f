/// Something of a deleted user that upstream still has.
public struct PendingDeletion: Sendable, Hashable {
    /// Why upstream still has it, and who deletes it.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// Upstream did not delete it now; servers, flushes and syncs try again.
        case upstreamUnavailable = "upstream_unavailable"
        /// An upstream that is no longer in use has it; `policy-assistant sync --clean-previous` deletes it.
        case formerUpstream = "former_upstream"
    }

    /// The thread's ID upstream.
    public var threadID: String
    /// The IDs of the responses that may still be upstream beside the thread.
    public var responseIDs: [String]
    /// Why it is still there.
    public var reason: Reason
}

/// Deletes the data of users: turns, threads, and what upstream keeps of them.
struct UserDeletion: Sendable {
    let turns: Turns
    let threadDeletion: ThreadDeletion

    /// The longest that a caller waits for deletions upstream; what is left then is deleted later.
    private static let timeout = Duration.seconds(20)
    /// How many of a user's threads are deleted at a time.
    private static let concurrency = 4

    /// Deletes a user's data, or one of the user's threads and the turns.
    ///
    /// Journaled turns are ended first. Others are waited for, as a question that is being answered leaves its answer
    /// upstream.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - owner: The only thread to delete; nil for everything.
    /// - Returns: What upstream still has; empty once all is gone.
    /// - Throws: ``PolicyAssistantError``, with the code `threadNotFound` where there is nothing of the user, and with
    ///   `userBusy` where the user's turns do not end in time.
    func delete(_ user: UserID, only owner: ThreadOwner? = nil) async throws -> [PendingDeletion] {
        try await turns.endJournaled(of: user)
        let (threads, settings) = (threadDeletion.threads, threadDeletion.settings)
        let hadAnything = try await turns.withUserLock(of: user) {
            try await threads.deleteAll(of: user, only: owner, exceptUpstream: settings.sharedThread)
        }
        // Those included that could not be deleted when a sync or a turn replaced them.
        let pending = try await threads.pendingDeletions(of: user)
        guard hadAnything || !pending.isEmpty else { throw PolicyAssistantError.noThread }
        let timeout = min(Self.timeout, settings.chatTimeout)
        return try await pending.mapConcurrently(limit: Self.concurrency) { [threadDeletion] thread in
            let isHeld = thread.isAtUpstream(of: settings)
            if isHeld, try await threadDeletion.delete(thread, timeout: timeout) { return nil as PendingDeletion? }
            return PendingDeletion(
                threadID: thread.id,
                responseIDs: try await threads.responses(of: thread.id),
                reason: isHeld ? .upstreamUnavailable : .formerUpstream
            )
        }.compactMap(\.self)
    }
}

extension PolicyAssistantError {
    static let noThread = PolicyAssistantError(.threadNotFound, "This user has no thread.")
}
