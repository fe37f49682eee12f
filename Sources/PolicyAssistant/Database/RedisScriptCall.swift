internal import Redis

/// A call of a script: every key that the script touches, its arguments, and how its reply is read.
///
/// A script never touches a key that is not in `keys`: Redis checks the permissions and, in a cluster, the place of
/// those keys only. Where a key depends on a value in the database, the caller reads the value first, and the script
/// checks that it is still the same.
struct RedisScriptCall<Reply: Sendable>: Sendable {
    let script: RedisScript
    let keys: [RedisKey]
    let arguments: [String]
    /// Reads the reply; nil where it has another shape than the script gives it.
    let read: @Sendable (RedisValue) -> Reply?

    init(
        _ script: RedisScript,
        keys: [RedisKey],
        arguments: [String] = [],
        read: @escaping @Sendable (RedisValue) -> Reply?
    ) {
        self.script = script
        self.keys = keys
        self.arguments = arguments
        self.read = read
    }
}

extension RedisScriptCall<Bool> {
    /// A call of a script that returns 1 for true and 0 for false.
    init(_ script: RedisScript, keys: [RedisKey], arguments: [String] = []) {
        self.init(script, keys: keys, arguments: arguments) { $0.integer.map { $0 == 1 } }
    }
}

extension RedisScriptCall<Void> {
    /// A call of a script whose reply says nothing.
    init(_ script: RedisScript, keys: [RedisKey], arguments: [String] = []) {
        self.init(script, keys: keys, arguments: arguments) { _ in }
    }
}

extension RedisClient {
    /// Runs a script.
    ///
    /// - Parameters:
    ///   - call: The script with its keys and arguments.
    ///   - isShielded: Whether the script runs even where the calling task is cancelled.
    /// - Returns: The script's reply.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`, also for a reply of an unexpected shape.
    func run<Reply>(_ call: RedisScriptCall<Reply>, isShielded: Bool = false) async throws -> Reply {
        let value: RedisValue
        do {
            value = try await evaluate(
                call.script,
                keys: call.keys.map(\.name),
                arguments: call.arguments,
                isShielded: isShielded
            )
        } catch {
            throw PolicyAssistantError(error)
        }
        guard let reply = call.read(value) else {
            throw PolicyAssistantError(
                .storeUnavailable,
                "Redis sent an unexpected reply. Try again shortly.",
                retryAfter: .seconds(2)
            )
        }
        return reply
    }
}
