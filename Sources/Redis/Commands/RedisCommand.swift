/// A command and its arguments, which may hold any bytes.
public struct RedisCommand: Sendable, Hashable {
    /// Whether the command may run twice when the connection was lost before its reply came.
    ///
    /// True where a second run right after the first leaves the database as it is and answers the same. A lost command
    /// that is not repeatable fails with ``RedisError/Code/connectionLost`` instead, and its caller decides.
    public var isRepeatable: Bool

    /// Name and arguments end to end: two allocations, however many arguments.
    let payload: [UInt8]
    /// How many bytes of the payload each of them takes.
    let lengths: [Int]

    /// Makes a command of text.
    ///
    /// - Parameters:
    ///   - name: The name of the command, such as `HSET`.
    ///   - arguments: What follows the name.
    ///   - repeatable: Whether it may run twice when its reply was lost; see ``isRepeatable``.
    public init(_ name: String, _ arguments: [String] = [], repeatable: Bool = false) {
        self.init(name: name, arguments: arguments.lazy.map(\.utf8), repeatable: repeatable)
    }

    /// Makes a command of bytes.
    ///
    /// - Parameters:
    ///   - name: The name of the command, such as `SET`.
    ///   - arguments: What follows the name.
    ///   - repeatable: Whether it may run twice when its reply was lost; see ``isRepeatable``.
    public init(_ name: String, bytes arguments: [[UInt8]], repeatable: Bool = false) {
        self.init(name: name, arguments: arguments, repeatable: repeatable)
    }

    private init(name: String, arguments: some Collection<some Collection<UInt8>>, repeatable: Bool) {
        var payload = Array(name.utf8)
        var lengths = [payload.count]
        lengths.reserveCapacity(arguments.count + 1)
        for argument in arguments {
            let start = payload.count
            payload.append(contentsOf: argument)
            lengths.append(payload.count - start)
        }
        self.payload = payload
        self.lengths = lengths
        isRepeatable = repeatable
    }

    /// Returns the command as one that may run twice.
    ///
    /// For callers that do not read the reply: a second DEL, SADD or SREM does no harm, but its count says 0 where the
    /// lost one said 1.
    public func repeatable() -> RedisCommand {
        var command = self
        command.isRepeatable = true
        return command
    }
}

extension RedisCommand: CustomStringConvertible, CustomReflectable {
    /// The command's name and the number of its arguments, which themselves are nobody else's business.
    public var description: String {
        let name = String(decoding: payload.prefix(lengths[0]), as: UTF8.self)
        return "\(name) (\(lengths.count - 1) arguments)"
    }

    /// A mirror that shows no more than the description.
    public var customMirror: Mirror {
        Mirror(self, unlabeledChildren: [description])
    }
}
