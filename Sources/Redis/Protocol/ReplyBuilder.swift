/// Puts a reply together from the parts that hiredis reads, in their order.
///
/// hiredis would build a tree of its own; told to call this instead, it builds none, and the Swift value is made
/// directly.
final class ReplyBuilder {
    /// An array of which elements are still to come.
    private struct OpenArray {
        var elements: [RedisValue]
        let count: Int
    }

    /// The most elements of one array: each takes at least three bytes of the reply.
    private let maximumCount: Int
    private var openArrays: [OpenArray] = []
    private var reply: RedisValue?
    /// Whether an array was announced that can only be over the bound.
    private(set) var isOverflowing = false

    init(maximumReplyBytes: Int) {
        maximumCount = maximumReplyBytes / 3
    }

    /// Adds a value: to the innermost open array, or as the whole reply.
    func add(_ value: RedisValue) {
        var value = value
        while var array = openArrays.popLast() {
            array.elements.append(value)
            guard array.elements.count == array.count else {
                openArrays.append(array)
                return
            }
            value = .array(array.elements)
        }
        reply = value
    }

    /// Begins an array of which the elements follow.
    ///
    /// - Returns: Whether the count is sensible; nothing is set aside for a count that a hostile server made up.
    func open(count: Int) -> Bool {
        guard count > 0 else {
            if count == 0 { add(.array([])) }
            return count == 0
        }
        guard count <= maximumCount else {
            isOverflowing = true
            return false
        }
        openArrays.append(OpenArray(elements: [], count: count))
        return true
    }

    /// Hands the finished reply over.
    func take() -> RedisValue? {
        defer { reply = nil }
        return reply
    }
}
