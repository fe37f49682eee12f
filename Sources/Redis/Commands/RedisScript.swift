internal import Crypto

/// A Lua script that runs on the server as one atomic step.
public struct RedisScript: Sendable, Hashable {
    /// The text of the script.
    public let source: String
    /// The SHA-1 of the source in hexadecimal, by which the server knows the script.
    public let digest: String
    /// Whether it may be run twice when the reply to the first run was lost; see ``RedisCommand/isRepeatable``.
    public let isRepeatable: Bool

    /// Creates a script from its source.
    ///
    /// - Parameters:
    ///   - source: Lua; values that differ between calls are passed as keys and arguments.
    ///   - repeatable: Whether it may be run twice when the reply to the first run was lost.
    public init(_ source: String, repeatable: Bool = false) {
        self.source = source
        isRepeatable = repeatable
        let hash = Insecure.SHA1.hash(data: Array(source.utf8))
        digest = hash.reduce(into: "") { text, byte in
            text.append(Self.digits[Int(byte >> 4)])
            text.append(Self.digits[Int(byte & 0xF)])
        }
    }

    private static let digits = Array("0123456789abcdef")
}

extension RedisCommand {
    /// Runs a script by its source, in a transaction or a pipeline.
    ///
    /// Outside of them, ``RedisClient/evaluate(_:keys:arguments:isShielded:)`` sends less.
    public static func eval(_ script: RedisScript, keys: [String], arguments: [String]) -> RedisCommand {
        RedisCommand(
            "EVAL",
            [script.source, String(keys.count)] + keys + arguments,
            repeatable: script.isRepeatable
        )
    }

    /// Runs a script by its hash; an error with the code `NOSCRIPT` if the server does not know it.
    static func evalsha(_ script: RedisScript, keys: [String], arguments: [String]) -> RedisCommand {
        RedisCommand(
            "EVALSHA",
            [script.digest, String(keys.count)] + keys + arguments,
            repeatable: script.isRepeatable
        )
    }
}

extension RedisCommand: Encodable {
    /// The first argument, which is the key of a command that has one; nil without arguments, or where it is not UTF-8.
    public var key: String? {
        lengths.count > 1 ? text(at: 1) : nil
    }

    /// Encodes the command as an array of its name and arguments, for a script to pass to `redis.call`.
    ///
    /// - Throws: `EncodingError` for an argument that is not valid UTF-8.
    public func encode(to encoder: any Encoder) throws {
        var words = encoder.unkeyedContainer()
        for index in lengths.indices {
            guard let word = text(at: index) else {
                let context = EncodingError.Context(
                    codingPath: words.codingPath,
                    debugDescription: "An argument of the command is not valid UTF-8."
                )
                throw EncodingError.invalidValue(self, context)
            }
            try words.encode(word)
        }
    }

    private func text(at index: Int) -> String? {
        let start = lengths[..<index].reduce(0, +)
        return String(validating: payload[start..<start + lengths[index]], as: UTF8.self)
    }
}
