/// Builds a reply from the parts that hiredis reads, in their order.
///
/// It takes the place of the tree that hiredis would build, so that the Swift value is created directly.
final class ReplyBuilder {
    /// An array whose elements are still incomplete.
    private struct OpenArray {
        var elements: [RedisValue]
        let count: Int

        var isComplete: Bool { elements.count == count }
    }

    /// The maximum number of elements of one array: each takes at least three bytes of the reply.
    private let maximumCount: Int
    /// The most elements for which memory is reserved before they come.
    private static let reservedCount = 32
    private var openArrays: [OpenArray] = []
    private var reply: RedisValue?
    /// Whether the length of an array exceeds the bound.
    private(set) var isOverflowing = false

    init(maximumReplyBytes: Int) {
        maximumCount = maximumReplyBytes / 3
    }

    /// Adds a value: to the innermost open array, or as the whole reply.
    func add(_ value: RedisValue) {
        var value = value
        while let last = openArrays.indices.last {
            openArrays[last].elements.append(value)
            guard openArrays[last].isComplete else { return }
            value = .array(openArrays.removeLast().elements)
        }
        reply = value
    }

    /// Begins an array.
    ///
    /// - Returns: Whether the count is valid; little memory is reserved for it, since a hostile server may send any count.
    func open(count: Int) -> Bool {
        guard count > 0 else {
            if count == 0 { add(.array([])) }
            return count == 0
        }
        guard count <= maximumCount else {
            isOverflowing = true
            return false
        }
        var elements: [RedisValue] = []
        elements.reserveCapacity(min(count, Self.reservedCount))
        openArrays.append(OpenArray(elements: elements, count: count))
        return true
    }

    /// Removes and returns the complete reply; nil if there is none.
    func take() -> RedisValue? {
        defer { reply = nil }
        return reply
    }
}
