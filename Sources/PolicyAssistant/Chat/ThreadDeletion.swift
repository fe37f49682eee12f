internal import Logging
internal import OpenAI

/// Deletes threads with all their messages, upstream and on record.
///
/// A thread is on the list of pending deletions before the first call upstream, and stays there until the last has
/// succeeded: none is lost where the process is stopped in between or upstream is unreachable.
struct ThreadDeletion: Sendable {
    let threads: ThreadsDatabase
    let backend: any UpstreamAdapter
    let settings: Settings
    let logger: Logger

    /// How often responses that turns note while a thread is being deleted are looked for.
    private static let attempts = 3

    /// Takes a thread from its user, unless the user has another by now, and deletes it.
    ///
    /// One that an earlier upstream has is left on the list: a sync that cleans there deletes it.
    ///
    /// - Parameters:
    ///   - thread: The thread and its user.
    ///   - responses: Responses made in it that are not on record yet.
    ///   - timeout: How long the deletion may take; what is left then stays on the list. Nil for no bound.
    /// - Returns: Whether it is deleted; nil where that is left to a sync.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func dispose(
        of thread: ThreadsDatabase.OwnedThread,
        leaving responses: [String] = [],
        timeout: Duration? = nil
    ) async throws -> Bool? {
        guard thread.record.id != settings.sharedThread else {
            // The thread that the settings name stays upstream, whoever else was given it.
            try await threads.removeThread(thread.record.id, of: thread.owner)
            return true
        }
        try await threads.deferDeletion(of: thread, noting: responses)
        guard thread.record.isAtUpstream(of: settings) else { return nil }
        return try await delete(PendingThreadDeletion(thread.record), timeout: timeout)
    }

    /// Deletes a thread that is on the list.
    ///
    /// - Parameters:
    ///   - thread: The thread.
    ///   - elsewhere: A client of the upstream that has it; nil for the one in force.
    ///   - timeout: How long the deletion may take; nil for no bound.
    /// - Returns: Whether it is gone; false where upstream did not delete all of it now.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func delete(
        _ thread: PendingThreadDeletion,
        at elsewhere: OpenAIClient? = nil,
        timeout: Duration? = nil
    ) async throws -> Bool {
        for _ in 0..<Self.attempts {
            let responses = try await threads.responses(of: thread.id)
            guard thread.id != settings.sharedThread else {
                return try await threads.confirmDeletion(of: thread.id, with: responses)
            }
            do {
                try await withinTime(timeout) { [backend] in
                    try await backend.deleteThread(thread, responses: responses, at: elsewhere)
                }
            } catch {
                logger.warning("a thread could not be deleted upstream yet", metadata: ["error": "\(error)"])
                return false
            }
            if try await threads.confirmDeletion(of: thread.id, with: responses) { return true }
        }
        return false
    }
}

/// Runs `body`, and cancels it when the time is up; without a bound it takes as long as it takes.
///
/// - Throws: What `body` throws; an `OpenAIError` with the code `deadlinePassed` when the time is up.
private func withinTime(_ bound: Duration?, _ body: @escaping @Sendable () async throws -> Void) async throws {
    guard let bound else { return try await body() }
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: bound)
            throw OpenAIError(.deadlinePassed)
        }
        defer { group.cancelAll() }
        try await group.next()
    }
}
