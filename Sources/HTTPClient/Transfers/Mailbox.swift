internal import Synchronization

/// What tasks have to say to the driving thread; whoever puts something into an empty mailbox wakes the thread.
///
/// Bounded: a transfer under way has at most a start, a resume and a cancel in it, and transfers are limited.
final class Mailbox: Sendable {
    /// What a task wants of the driving thread.
    enum Message: Sendable {
        /// Start this transfer.
        case start(Exchange)
        /// The reader has caught up: read on.
        case resume(Exchange)
        /// Nobody waits for this transfer any more.
        case cancel(Exchange)
    }

    private struct State {
        var messages: [Message] = []
        var transfers = 0
        var isOpen = true
    }

    private let multi: MultiHandle
    private let maximumTransfers: Int
    private let state = Mutex(State())

    init(multi: MultiHandle, maximumTransfers: Int) {
        self.multi = multi
        self.maximumTransfers = maximumTransfers
    }

    /// Hands a new transfer to the thread, which will call ``transferEnded()`` for it.
    func start(_ exchange: Exchange) throws(HTTPClientError) {
        try state.withLock { state throws(HTTPClientError) in
            guard state.isOpen else { throw HTTPClientError(.closed, "the client is shut down") }
            guard state.transfers < maximumTransfers else {
                throw HTTPClientError(.tooManyTransfers, "\(maximumTransfers) transfers are under way")
            }
            state.transfers += 1
            append(.start(exchange), to: &state)
        }
    }

    /// Says something about a transfer that was started; after the end nobody listens, and nobody needs to.
    func post(_ message: Message) {
        state.withLock { state in
            guard state.isOpen else { return }
            append(message, to: &state)
        }
    }

    /// Makes room for another transfer.
    func transferEnded() {
        state.withLock { $0.transfers -= 1 }
    }

    /// Tells the thread to end.
    func close() {
        state.withLock { state in
            guard state.isOpen else { return }
            state.isOpen = false
            multi.wakeUp()
        }
    }

    /// Takes out all messages; `isOpen` says whether the thread is to go on.
    func drain() -> (messages: [Message], isOpen: Bool) {
        state.withLock { state in
            defer { state.messages.removeAll() }
            return (state.messages, state.isOpen)
        }
    }

    private func append(_ message: Message, to state: inout State) {
        if state.messages.isEmpty { multi.wakeUp() }
        state.messages.append(message)
    }
}
