/// Something of a forgotten user that upstream still has.
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

/// Forgets users: turns, threads, and what upstream keeps of them.
struct Forgetting: Sendable {
    let chat: Chat
    let turns: Turns
    let disposal: ThreadDeletion

    /// The longest that a caller waits for deletions upstream; what is left then is deleted later.
    private static let patience = Duration.seconds(20)
    /// How many of a user's threads are deleted at a time.
    private static let concurrency = 4

    /// Forgets a user.
    ///
    /// Turns that are streamed, or can be asked for again, are ended first; others are waited for, as a question that is
    /// being answered leaves its answer upstream.
    ///
    /// - Returns: What upstream still has; empty once all is gone.
    /// - Throws: ``PolicyAssistantError``, with the code `threadNotFound` where there is nothing of the user, and with
    ///   `userBusy` where the user's turns did not end in time.
    func forget(_ user: UserID) async throws -> [PendingDeletion] {
        try await turns.endAll(of: user)
        let (threads, kept) = (disposal.threads, chat.settings.sharedThread)
        let hadAnything = try await chat.betweenTurns(of: user) {
            try await threads.deleteAll(of: user, exceptUpstream: kept)
        }
        // With those that could not be deleted when a sync or a turn replaced them.
        let undeleted = try await threads.pendingDeletions(of: user)
        guard hadAnything || !undeleted.isEmpty else { throw PolicyAssistantError.noThread }
        let patience = min(Self.patience, chat.settings.chatTimeout)
        return try await undeleted.mapConcurrently(limit: Self.concurrency) { [disposal] thread in
            let isHeld = thread.isHeld(asIn: disposal.settings)
            if isHeld, try await disposal.delete(thread, patience: patience) { return nil as PendingDeletion? }
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
