/// Runs `body` to its end even where the calling task is cancelled: giving a lock back, say, must not be cut short.
func withoutCancellation(_ body: @escaping @Sendable () async -> Void) async {
    // Only a task of its own does not share in the caller's cancellation; it is waited for, so it outlives no one.
    await Task { await body() }.value
}
