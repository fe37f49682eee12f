/// The keys of roles, and of what users want remembered.
extension RedisKeyPattern {
    static let roleThread = RedisKeyPattern(
        "role_thread:<role>:<user>",
        .threads,
        .hash,
        "the user's thread in a role, like `thread:<user>`; `<role>` is a hash of the role's name"
    )
    static let roleThreads = RedisKeyPattern(
        "role_threads:<user>",
        .threads,
        .sortedSet,
        "the hashes of the roles in which the user has had a thread, by the second at which the last was created"
    )
    static let rolesOfUser = RedisKeyPattern(
        "roles:user:<user>",
        .threads,
        .hash,
        glob: "roles:*",
        "the user's own roles by their names, as JSON: text, model"
    )
    static let sharedRoles = RedisKeyPattern(
        "roles:shared",
        .threads,
        .hash,
        glob: "roles:*",
        "the roles that administrators share, by their names, as JSON: text, model"
    )
    static let remembered = RedisKeyPattern(
        "remembered:<user>",
        .threads,
        .hash,
        "what the user wants remembered, by its ID, as JSON: role, thread_id, message_id, author, text, created_at"
    )
}
