internal import NIOCore
internal import Synchronization

/// Whether the client of a connection is still connected.
final class ClientPresence: Sendable {
    private enum State {
        case present(waiting: [Int: AsyncStream<Never>.Continuation], next: Int)
        case gone
    }

    private let state = Mutex(State.present(waiting: [:], next: 0))

    /// Records that the client has disconnected, and cancels the operations for it.
    func hangUp() {
        let waiting = state.withLock { state in
            guard case .present(let waiting, _) = state else { return [AsyncStream<Never>.Continuation]() }
            state = .gone
            return Array(waiting.values)
        }
        for continuation in waiting { continuation.finish() }
    }

    /// Runs an operation, and cancels it if the client disconnects.
    ///
    /// - Throws: `CancellationError` if the client disconnects first; what the operation throws.
    func whilePresent<Value: Sendable>(
        _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await operation() }
            group.addTask {
                await self.absence()
                return nil
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() ?? nil else { throw CancellationError() }
            return value
        }
    }

    /// Waits until the client has disconnected, or the task is cancelled.
    private func absence() async {
        let (stream, continuation) = AsyncStream<Never>.makeStream()
        let ticket: Int? = state.withLock { state in
            guard case .present(var waiting, let next) = state else { return nil }
            waiting[next] = continuation
            state = .present(waiting: waiting, next: next + 1)
            return next
        }
        guard let ticket else { return }
        for await _ in stream {}
        state.withLock { state in
            guard case .present(var waiting, let next) = state else { return }
            waiting[ticket] = nil
            state = .present(waiting: waiting, next: next)
        }
    }
}

/// Detects in a connection's pipeline that the client has disconnected or has closed its side of the connection.
final class DisconnectHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Any

    /// The presence of the client, for the connection's requests.
    let presence = ClientPresence()

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed { presence.hangUp() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        presence.hangUp()
        context.fireChannelInactive()
    }
}
