internal import HTTPTypes
internal import Synchronization

/// A request's response, shared by the caller's task and the client's thread.
final class Exchange: Sendable {
    typealias Waiter = CheckedContinuation<Void, Never>

    /// The time of the call, from which the total timeout counts.
    let begin = ContinuousClock.now
    private let mailbox: Mailbox
    private let body: StreamedBody?
    private let state = Mutex(TransferState<Waiter>())

    /// - Parameters:
    ///   - mailbox: The mailbox of the client's thread.
    ///   - request: The request, whose streamed body, if it has one, becomes this exchange's.
    /// - Throws: ``HTTPClientError`` if the body was sent before.
    init(mailbox: Mailbox, _ request: HTTPClientRequest) throws(HTTPClientError) {
        self.mailbox = mailbox
        body = if case .streamed(let body) = request.body { body } else { nil }
        guard let body else { return }
        let resume = { @Sendable [weak self] in
            guard let self else { return }
            mailbox.post(.send(self))
        }
        guard body.begin(resume: resume) else {
            throw HTTPClientError(.invalidRequest, "the streamed body belongs to another request")
        }
    }
}

// The client's thread.
extension Exchange {
    func received(_ head: HTTPResponse) {
        state.withLock { $0.received(head) }?.resume()
    }

    /// Offers bytes to the reader.
    func received(_ bytes: some Collection<UInt8>) -> TransferState<Waiter>.Arrival {
        let arrival = state.withLock { $0.received(bytes) }
        if case .accepted(let waiter) = arrival { waiter?.resume() }
        return arrival
    }

    func ended(_ error: HTTPClientError?) {
        body?.end()
        state.withLock { $0.ended(error) }?.resume()
    }
}

// The caller's task.
extension Exchange {
    /// Waits for the head; the task's cancellation ends the transfer.
    func head() async throws(HTTPClientError) -> HTTPResponse {
        try await next(.head) { $0.takeHead() }
    }

    /// Waits for bytes of the body, nil after the last; the task's cancellation ends the transfer.
    func bytes() async throws(HTTPClientError) -> [UInt8]? {
        let taken = try await next(.bytes) { $0.takeBytes() }
        if taken.resumes { mailbox.post(.resume(self)) }
        return taken.bytes
    }

    func claimBody() -> Bool {
        state.withLock { $0.claimBody() }
    }

    /// Ends the transfer if it is still in flight.
    func abandon() {
        let (stops, waiter) = state.withLock { $0.abandon() }
        body?.end()
        if stops { mailbox.post(.cancel(self)) }
        waiter?.resume()
    }

    private func next<Value: Sendable>(
        _ need: TransferState<Waiter>.Need,
        _ take: (inout TransferState<Waiter>) -> TransferState<Waiter>.Step<Value>
    ) async throws(HTTPClientError) -> Value {
        if Task.isCancelled { abandon() }
        while true {
            switch state.withLock({ take(&$0) }) {
            case .ready(let value): return value
            case .failed(let error): throw error
            case .wait: await arrival(of: need)
            }
        }
    }

    /// Waits until there may be something to take; the task's cancellation ends the transfer.
    private func arrival(of need: TransferState<Waiter>.Need) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in state.withLock { $0.park(waiter, for: need) }?.resume() }
        } onCancel: {
            abandon()
        }
    }
}
