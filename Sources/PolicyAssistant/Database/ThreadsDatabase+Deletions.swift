internal import Redis

/// The deletion of threads: a thread that is no longer its user's is either deleted upstream or listed in `undeleted`
/// until it is, with the IDs of the responses made in it.
extension ThreadsDatabase {
    /// How long the ID of a response is kept: longer than the 30 days for which upstream keeps the response, which it
    /// never lists.
    static let responseRetention = Duration.seconds(35 * 86_400)

    /// A thread and its owner.
    struct OwnedThread: Sendable {
        let owner: ThreadOwner
        let record: ThreadRecord
    }

    /// Calls `body` with the threads that were created under a revision before `revision`, some hundreds at a time.
    func threads(olderThan revision: Int, _ body: ([OwnedThread]) async throws -> Void) async throws {
        for pattern in [RedisKeyPattern.thread, .roleThread] {
            try await threads(olderThan: revision, withPrefix: pattern.prefix, body)
        }
    }

    /// Calls `body` with the threads of all users in a role, some hundreds at a time.
    func threads(inRole role: RoleKey, _ body: ([OwnedThread]) async throws -> Void) async throws {
        try await threads(olderThan: .max, withPrefix: RedisKeyPattern.roleThread.prefix + role.value + ":", body)
    }

    private func threads(
        olderThan revision: Int,
        withPrefix prefix: String,
        _ body: ([OwnedThread]) async throws -> Void
    ) async throws {
        try await redis.hashes(withPrefix: prefix) { hashes in
            let outdated = hashes.compactMap { key, fields -> OwnedThread? in
                guard let owner = ThreadOwner(key: key), let record = ThreadRecord(fields: fields),
                    record.revision < revision
                else { return nil }
                return OwnedThread(owner: owner, record: record)
            }
            if !outdated.isEmpty { try await body(outdated) }
        }
    }

    /// Deletes the mapping of an owner to one thread; a newer thread stays.
    ///
    /// - Returns: Whether it existed.
    @discardableResult
    func removeThread(_ threadID: String, of owner: ThreadOwner) async throws -> Bool {
        try await redis.run(ThreadDeletionScripts.remove(threadID, of: owner))
    }

    /// Lists a thread for deletion upstream and deletes its owner's mapping to it, in one step.
    ///
    /// A newer thread of the owner stays. Runs even where the calling task is cancelled. To be called before the thread
    /// is deleted upstream, so that a process that stops in between leaves it on the list.
    ///
    /// - Parameters:
    ///   - thread: The thread.
    ///   - responses: Responses made in it that are not on record yet.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func deferDeletion(of thread: OwnedThread, noting responses: [String] = []) async throws {
        let call = ThreadDeletionScripts.postpone(
            PendingThreadDeletion(thread.record),
            of: thread.owner,
            noting: responses
        )
        try await redis.run(call, isShielded: true)
    }

    /// Returns the threads that are still to be deleted upstream.
    func pendingDeletions() async throws -> [PendingThreadDeletion] {
        (try await redis.ask(.hgetall(RedisKey.pendingDeletions.name)).dictionary ?? [:])
            .map(PendingThreadDeletion.init)
    }

    /// Returns the threads that were a user's, or still are and were replaced, and are still to be deleted upstream.
    func pendingDeletions(of user: UserID) async throws -> [PendingThreadDeletion] {
        try await redis.run(ThreadDeletionScripts.find(of: user))
    }

    /// Returns how many threads are still to be deleted upstream.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func pendingDeletionCount() async throws -> Int {
        let command = RedisCommand("HLEN", [RedisKey.pendingDeletions.name], repeatable: true)
        return try await redis.ask(command).integer ?? 0
    }

    /// Returns the IDs of the responses that were made in a thread and are not known to be deleted.
    func responses(of threadID: String) async throws -> [String] {
        let command = RedisCommand("ZRANGE", [RedisKey.responses(of: threadID).name, "0", "-1"], repeatable: true)
        return try await redis.ask(command).array?.compactMap(\.string) ?? []
    }

    /// Removes a thread that is deleted upstream from the list of threads to delete, with the responses that are
    /// deleted.
    ///
    /// - Returns: Whether it is off the list; false where a turn has recorded another response meanwhile.
    func confirmDeletion(of threadID: String, with responses: [String] = []) async throws -> Bool {
        try await redis.run(ThreadDeletionScripts.confirm(threadID, with: responses))
    }

    /// Deletes everything of a user in one step: the mappings to the threads, which are listed for deletion, the events
    /// and idempotency keys of turns, the user's roles, and what is remembered for the user.
    ///
    /// To be called under the user's lock.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - owner: The only thread to delete, with the turns; nil for everything.
    ///   - kept: A thread that is never deleted upstream.
    /// - Returns: Whether there was anything.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`; `CancellationError`.
    func deleteAll(of user: UserID, only owner: ThreadOwner? = nil, exceptUpstream kept: String?) async throws -> Bool {
        // The script declares the keys of the user's turns and roles, which are read from the database: what was read has
        // to be what the script finds.
        var (turnKeys, roles): ([String], [RoleKey]) = ([], [])
        while true {
            let call = ThreadDeletionScripts.deleteUser(
                user,
                turnKeys: turnKeys,
                roles: roles,
                only: owner,
                exceptUpstream: kept
            )
            switch try await redis.run(call) {
            case .deleted(let hadAnything): return hadAnything
            case .changed(let foundKeys, let foundRoles): (turnKeys, roles) = (foundKeys, foundRoles)
            }
            try Task.checkCancellation()
        }
    }
}
