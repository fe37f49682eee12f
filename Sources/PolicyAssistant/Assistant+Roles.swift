internal import FoundationEssentials

extension Assistant {
    /// How many messages of a thread are looked through for one that is to be remembered.
    private static let searchedMessages = 100

    /// Remembers a message of the user's thread, or a part of it, for later threads in the same role.
    ///
    /// - Parameters:
    ///   - messageID: The message's ID upstream.
    ///   - part: A part of its text, word for word; nil for all of it.
    ///   - user: The user.
    ///   - role: The role of the thread; nil for the default one.
    /// - Returns: What is remembered, and whether it was not before.
    /// - Throws: ``PolicyAssistantError`` with the code `threadNotFound`, `messageNotFound`, `invalidField` if the part is
    ///   not in the message or is too long, or `tooMuchRemembered`.
    public func remember(
        _ messageID: String,
        part: String?,
        of user: UserID,
        in role: Role?
    ) async throws -> (message: RememberedMessage, isNew: Bool) {
        let thread = try await thread(of: user, in: role)
        let messages = try await messages(of: user, in: role, limit: Self.searchedMessages)
        guard let message = messages.last(where: { $0.id == messageID }) else {
            throw PolicyAssistantError(.messageNotFound, "The thread has no message of this ID among its newest.")
        }
        let text = part ?? message.text
        guard message.text.contains(text), text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw PolicyAssistantError(
                .invalidField,
                "text must be a part of the message, word for word.",
                field: "text"
            )
        }
        guard text.unicodeScalars.count <= RememberedMessage.maximumCharacters else {
            throw PolicyAssistantError(
                .invalidField,
                "text must have at most \(RememberedMessage.maximumCharacters) characters. Select a part of the message.",
                field: "text"
            )
        }
        let remembered = RememberedMessage(text, of: message, in: thread, role: role, at: .currentSecond)
        return (remembered, try await memory.add(remembered, of: user))
    }

    /// Deletes the thread of a user's role, with its messages, so that the next question begins another.
    ///
    /// The user's journaled turns that run are ended. Roles, and what is remembered, stay.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - role: The role of the thread; nil for the default one.
    /// - Returns: What upstream still has and deletes later; empty once all is gone.
    /// - Throws: ``PolicyAssistantError``, with the code `threadNotFound` where there is no thread, and with `userBusy` where
    ///   the user's turns do not end in time.
    public func deleteThread(of user: UserID, in role: Role?) async throws -> [PendingDeletion] {
        try await UserDeletion(turns: turns, threadDeletion: threadDeletion)
            .delete(user, only: ThreadOwner(user: user, role: role?.key))
    }

    /// Deletes a user's own role with its thread and what is remembered in it.
    ///
    /// - Returns: Whether upstream has deleted the thread, too; otherwise it is deleted later.
    /// - Throws: ``PolicyAssistantError`` with the code `roleNotFound` or `storeUnavailable`.
    @discardableResult
    public func deleteRole(_ name: RoleName, of user: UserID) async throws -> Bool {
        try await roles.delete(name, of: user)
        let owner = ThreadOwner(user: user, role: RoleKey(of: name))
        try await memory.removeAll(of: user, in: RoleKey(of: name))
        guard let record = try await threads.thread(of: owner) else { return true }
        return try await threadDeletion.dispose(of: .init(owner: owner, record: record)) ?? false
    }

    /// Deletes a shared role with the threads of all users in it and what they remember of them, except of users who have a role
    /// of their own of this name.
    ///
    /// What is kept of a person whom the role imitates is deleted, too. The threads are deleted upstream later.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `roleNotFound` or `storeUnavailable`.
    public func deleteSharedRole(_ name: RoleName) async throws {
        try await roles.delete(name, of: nil)
        do {
            try await imitations.forget(name.value)
        } catch let error as PolicyAssistantError where error.code == .imitationNotFound {
            // It imitated nobody.
        }
        try await threads.threads(inRole: RoleKey(of: name)) { threads in
            for thread in threads {
                guard try await !roles.hasOwn(name, thread.owner.user) else { continue }
                try await self.threads.deferDeletion(of: thread)
            }
        }
        try await memory.removeAll(in: RoleKey(of: name)) { user in try await roles.hasOwn(name, user) }
    }
}
