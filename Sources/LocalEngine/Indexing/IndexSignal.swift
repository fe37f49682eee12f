/// Tells the indexer that there may be something to do; telling it often is the same as telling it once.
struct IndexSignal: Sendable {
    /// The times at which to look.
    let wakeUps: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (wakeUps, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Makes the indexer look.
    func wake() {
        continuation.yield()
    }
}
