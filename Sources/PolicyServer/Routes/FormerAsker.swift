internal import PolicyAssistant

/// Who asks over a route of a former system, whose clients name no user.
///
/// A caller who names no user is a user for one question, of whom nothing is kept.
struct FormerAsker {
    let user: UserID
    let isUnnamed: Bool
    /// Whose rate limit applies.
    let limited: UserID

    /// Finds out who asks.
    ///
    /// - Parameters:
    ///   - context: The request's context.
    ///   - assistant: The assistant.
    ///   - claimed: The user whom the request names; nil for none.
    ///   - group: Whose rate limit the callers share who name no user.
    /// - Throws: ``Problem``, or `PolicyAssistantError` if the claimed user is not a valid ID.
    init(_ context: APIContext, _ assistant: Assistant, claimed: String?, group: String) throws {
        let shared = assistant.settings.sharedThread.map { _ in UserID.anonymous }
        let single = try UserID("\(group)-\(UInt64.random(in: 0 ... .max))")
        user = try context.identity.user(claimed: claimed, orElse: shared ?? single)
        isUnnamed = user == single
        limited = isUnnamed ? try UserID(group) : user
    }
}
