internal import Synchronization

/// The messages of tasks to the client's thread; a message to an empty mailbox wakes the thread.
///
/// It is bounded: a transfer in flight has at most a start, a resume in each direction and a cancel in it, and transfers are
/// limited.
final class Mailbox: Sendable {
    /// A message of a task to the client's thread.
    enum Message: Sendable {
        /// Start the transfer of the request, which libcurl then has.
        case start(Exchange, CheckedRequest)
        /// Resume the transfer: the reader has caught up.
        case resume(Exchange)
        /// Go on to send the body: there is more of it.
        case send(Exchange)
        /// End the transfer: it has no reader any more.
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

    /// Posts a new transfer, for which the thread calls ``transferEnded()`` at its end.
    func start(_ exchange: Exchange, _ request: CheckedRequest) throws(HTTPClientError) {
        try state.withLock { state throws(HTTPClientError) in
            guard state.isOpen else { throw HTTPClientError(.closed, "the client is shut down") }
            guard state.transfers < maximumTransfers else {
                throw HTTPClientError(.tooManyTransfers, "\(maximumTransfers) transfers are in flight")
            }
            state.transfers += 1
            append(.start(exchange, request), to: &state)
        }
    }

    /// Posts a message about a transfer that was started; ignored after the mailbox is closed.
    func post(_ message: Message) {
        state.withLock { state in
            guard state.isOpen else { return }
            append(message, to: &state)
        }
    }

    /// Counts a transfer as ended.
    func transferEnded() {
        state.withLock { $0.transfers -= 1 }
    }

    /// Closes the mailbox, which ends the thread.
    func close() {
        state.withLock { state in
            guard state.isOpen else { return }
            state.isOpen = false
            multi.wakeUp()
        }
    }

    /// Removes and returns all messages, and whether the mailbox is open.
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
