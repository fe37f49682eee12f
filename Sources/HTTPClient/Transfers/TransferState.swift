internal import HTTPTypes

/// Where one transfer stands between the thread that drives it and the task that reads it: a pure state machine.
///
/// The driving side reports what arrives, the reading side takes it; each call says what its caller has to do once the
/// lock is released. `Waiter` is what a task waits by. Bytes not yet taken are bounded: see ``bufferLimit``.
struct TransferState<Waiter> {
    /// With as many bytes waiting for the reader, no more are accepted.
    static var bufferLimit: Int { 256 * 1024 }

    /// What becomes of bytes that arrived.
    enum Arrival {
        /// They are taken; the waiter is to be woken.
        case accepted(wake: Waiter?)
        /// They are not taken: offer them again after the reader has caught up.
        case pause
        /// Nobody wants them any more.
        case refused
    }

    /// What the reading side gets.
    enum Step<Value> {
        case ready(Value)
        case failed(HTTPClientError)
        case wait
    }

    /// Bytes for the reader; nil after the last.
    struct Bytes {
        var bytes: [UInt8]?
        /// Whether the transfer was paused and is to go on.
        var resumes = false
    }

    private enum Phase {
        case open
        case complete
        case failed(HTTPClientError)
    }

    private var phase = Phase.open
    private var head: HTTPResponse?
    private var buffer: [UInt8] = []
    private var isPaused = false
    private var bodyIsClaimed = false
    private var waiter: Waiter?
}

// The driving side.
extension TransferState {
    /// Records the final head.
    mutating func received(_ head: HTTPResponse) -> Waiter? {
        guard case .open = phase, self.head == nil else { return nil }
        self.head = head
        return waiter.take()
    }

    /// Records bytes of the body, unless the reader is behind.
    mutating func received(_ bytes: some Collection<UInt8>) -> Arrival {
        guard case .open = phase else { return .refused }
        guard buffer.isEmpty || buffer.count + bytes.count <= Self.bufferLimit else {
            isPaused = true
            return .pause
        }
        buffer.append(contentsOf: bytes)
        return .accepted(wake: waiter.take())
    }

    /// Records the end; with a nil error, that the response is whole.
    mutating func ended(_ error: HTTPClientError?) -> Waiter? {
        guard case .open = phase else { return nil }
        if let error {
            phase = .failed(error)
        } else if head == nil {
            phase = .failed(HTTPClientError(.invalidResponse, "the response has no head", progress: .answered))
        } else {
            phase = .complete
        }
        return waiter.take()
    }
}

// The reading side.
extension TransferState {
    /// Returns the head, once there is one; what failed after it, the body tells.
    func takeHead() -> Step<HTTPResponse> {
        if let head { return .ready(head) }
        return if case .failed(let error) = phase { .failed(error) } else { .wait }
    }

    /// Hands out all bytes that wait, before any error that came after them.
    mutating func takeBytes() -> Step<Bytes> {
        if !buffer.isEmpty {
            defer { (buffer, isPaused) = ([], false) }
            return .ready(Bytes(bytes: buffer, resumes: isPaused))
        }
        switch phase {
        case .open: return .wait
        case .complete: return .ready(Bytes(bytes: nil))
        case .failed(let error): return .failed(error)
        }
    }

    /// Lets the waiter wait for the next report; returns it, not to wait, if there may be something to take already.
    mutating func park(_ waiter: Waiter) -> Waiter? {
        guard case .open = phase, buffer.isEmpty, self.waiter == nil else { return waiter }
        self.waiter = waiter
        return nil
    }

    /// Makes the caller the body's one reader; false if there is one.
    mutating func claimBody() -> Bool {
        defer { bodyIsClaimed = true }
        return !bodyIsClaimed
    }

    /// Gives the transfer up: what waits is thrown away, and the reader, if any, gets an error.
    ///
    /// - Returns: whether the transfer is still to be stopped, and whom to wake.
    mutating func abandon() -> (stops: Bool, wake: Waiter?) {
        let wasOpen = if case .open = phase { true } else { false }
        let progress: HTTPClientError.Progress = head == nil ? .sent : .answered
        phase = .failed(HTTPClientError(.cancelled, "the transfer was given up", progress: progress))
        (head, buffer) = (nil, [])
        return (wasOpen, waiter.take())
    }
}

extension TransferState: Sendable where Waiter: Sendable {}
extension TransferState.Arrival: Sendable where Waiter: Sendable {}
