/// What a flush did.
public struct FlushReceipt: Sendable, Hashable, Codable {
    /// The number of threads that were deleted, upstream and here.
    public var threadsFlushed = 0
    /// The number of threads that could not be deleted upstream: no question uses them, and the next flush tries again.
    public var threadsNotFlushed = 0
}
