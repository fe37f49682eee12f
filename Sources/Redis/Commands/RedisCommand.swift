/// A command and its arguments of any bytes.
public struct RedisCommand: Sendable, Hashable {
    /// Whether the command may run twice when the connection is lost before its reply arrives.
    ///
    /// True where a second run right after the first changes nothing and returns the same reply. A command that is not
    /// repeatable fails with ``RedisError/Code/connectionLost`` instead.
    public var isRepeatable: Bool

    /// The name and the arguments without separators: two allocations, whatever the number of arguments.
    let payload: [UInt8]
    /// The number of bytes of each of them.
    let lengths: [Int]

    /// Creates a command from text.
    ///
    /// - Parameters:
    ///   - name: The name of the command, such as `HSET`.
    ///   - arguments: The arguments.
    ///   - repeatable: Whether it may run twice; see ``isRepeatable``.
    public init(_ name: String, _ arguments: [String] = [], repeatable: Bool = false) {
        self.init(name: name, arguments: arguments.lazy.map(\.utf8), repeatable: repeatable)
    }

    /// Creates a command from bytes.
    ///
    /// - Parameters:
    ///   - name: The name of the command, such as `SET`.
    ///   - arguments: The arguments.
    ///   - repeatable: Whether it may run twice; see ``isRepeatable``.
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

    /// Returns the command marked as repeatable.
    ///
    /// For callers that ignore the reply: a second DEL, SADD or SREM changes nothing, but returns 0 where the first one
    /// returned 1.
    public func repeatable() -> RedisCommand {
        var command = self
        command.isRepeatable = true
        return command
    }
}

extension RedisCommand: CustomStringConvertible, CustomReflectable {
    /// The command's name and the number of its arguments, but not the arguments, which may be secret.
    public var description: String {
        let name = String(decoding: payload.prefix(lengths[0]), as: UTF8.self)
        return "\(name) (\(lengths.count - 1) arguments)"
    }

    /// A mirror that shows only the description.
    public var customMirror: Mirror {
        Mirror(self, unlabeledChildren: [description])
    }
}
