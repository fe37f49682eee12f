internal import Crypto

/// A Lua script that runs on the server, as one atomic step.
public struct RedisScript: Sendable, Hashable {
    /// The text of the script.
    public let source: String
    /// The name that the server knows it by: the SHA-1 of the source, in hexadecimal.
    public let digest: String
    /// Whether it may be run twice when the reply to the first run was lost; see ``RedisCommand/isRepeatable``.
    public let isRepeatable: Bool

    /// Makes a script of its source.
    ///
    /// - Parameters:
    ///   - source: Lua; what changes from call to call comes as keys and arguments, not as text.
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
