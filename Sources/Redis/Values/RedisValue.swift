/// A reply, or a part of one.
///
/// ``RedisClient`` throws an error reply; ``error(_:)`` occurs inside arrays only.
public enum RedisValue: Sendable, Hashable {
    /// No value, such as the value of a key that does not exist.
    case null
    /// A number.
    case integer(Int)
    /// A string of any bytes, or a status reply such as `OK`.
    case bytes([UInt8])
    /// Values in order.
    case array([RedisValue])
    /// An error in the place of a value.
    ///
    /// Indirect, so that the other values, which are nearly all, take and are copied as a pointer.
    indirect case error(RedisError)

    /// Creates a string value from text.
    public static func string(_ text: some StringProtocol) -> RedisValue {
        .bytes(Array(text.utf8))
    }

    /// The text, if the value is a string of valid UTF-8.
    public var string: String? {
        guard case .bytes(let bytes) = self else { return nil }
        // Validation takes ten times as long as decoding, and nearly all keys and values are ASCII.
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The number, if the value is a number, or a string that spells one, as Redis stores counters.
    public var integer: Int? {
        if case .integer(let number) = self { return number }
        return string.flatMap { Int($0) }
    }

    /// The elements, if the value is an array.
    public var array: [RedisValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    /// The fields by name, if the value is the flat array of names and values that `HGETALL` returns.
    public var dictionary: [String: String]? {
        guard let array, array.count.isMultiple(of: 2) else { return nil }
        var fields = [String: String](minimumCapacity: array.count / 2)
        for index in stride(from: 0, to: array.count, by: 2) {
            guard let name = array[index].string, let value = array[index + 1].string else { return nil }
            fields[name] = value
        }
        return fields
    }

    /// Whether there is no value.
    public var isNull: Bool {
        self == .null
    }

    /// The value as the outcome of a command: an error reply is a failure.
    var outcome: Result<RedisValue, RedisError> {
        if case .error(let error) = self { return .failure(error) }
        return .success(self)
    }
}
