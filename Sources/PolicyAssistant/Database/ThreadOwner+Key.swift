extension ThreadOwner {
    /// The key of the thread's record.
    var key: RedisKey {
        guard let role else { return .thread(of: user) }
        return .roleThread(of: user, role)
    }

    /// Reads the name of a thread's key; nil for another key.
    init?(key name: String) {
        if let user = RedisKeyPattern.thread.value(in: name) {
            self.init(user: UserID(recorded: user))
        } else if let rest = RedisKeyPattern.roleThread.value(in: name), rest.utf8.count > RoleKey.length {
            self.init(
                user: UserID(recorded: String(rest.dropFirst(RoleKey.length + 1))),
                role: RoleKey(recorded: String(rest.prefix(RoleKey.length)))
            )
        } else {
            return nil
        }
    }
}
