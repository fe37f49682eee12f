internal import Synchronization

/// A request's body that is written while it is sent, of a length that is not known before.
///
/// ```swift
/// import HTTPClient
/// import HTTPTypes
///
/// let client = try HTTPClient()
/// let body = StreamedBody()
/// let head = HTTPRequest(method: .post, scheme: "https", authority: "example.org", path: "/upload")
/// async let response = client.execute(HTTPClientRequest(head, body: .streamed(body)))
/// for piece in [Array("first".utf8), Array("second".utf8)] {
///     guard await body.write(piece) else { break }
/// }
/// body.finish()
/// print(try await response.head.status)
/// ```
///
/// The response may begin, and be read, before the body is finished. It ends after the body, unless its status is an error's;
/// one that a server of HTTP/2 ends earlier stalls, or fails if the server resets the stream. A body belongs to one request,
/// which is sent at most once and has a connection of its own. With HTTP/1.1 the body is chunked.
public final class StreamedBody: Sendable {
    typealias State = StreamedBodyState<CheckedContinuation<Void, Never>>

    private let state = Mutex(State())

    /// Creates a body without bytes.
    public init() {}

    /// Adds bytes; waits while more than 64 KiB are unsent.
    ///
    /// - Returns: Whether they were added: false once the transfer has ended, of which the response tells the reason, once
    ///   the body is finished, or if the task is cancelled.
    public func write(_ bytes: [UInt8]) async -> Bool {
        while true {
            switch state.withLock({ $0.write(bytes) }) {
            case .added(let resume):
                resume?()
                return true
            case .refused: return false
            case .wait: await waitForRoom(bytes.count)
            }
            if Task.isCancelled { return false }
        }
    }

    /// Ends the body; calling it again changes nothing.
    public func finish() {
        state.withLock { $0.finish() }?()
    }

    private func waitForRoom(_ count: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let goesOn = state.withLock { state in
                    Task.isCancelled || !state.park(waiter, for: count)
                }
                if goesOn { waiter.resume() }
            }
        } onCancel: {
            wake()
        }
    }

    private func wake() {
        for waiter in state.withLock({ $0.takeWaiters() }) { waiter.resume() }
    }
}

// The client.
extension StreamedBody {
    /// Binds the body to its transfer; false if it has one already.
    ///
    /// `resume` is called, from any task, when there are bytes after ``StreamedBodyState/Portion/none``.
    func begin(resume: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { $0.begin(resume: resume) }
    }

    /// Moves unsent bytes into a buffer that is not empty.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> State.Portion {
        let portion = state.withLock { $0.take(upTo: buffer.count) }
        guard case .bytes(let bytes) = portion else { return portion }
        unsafe buffer.copyBytes(from: bytes)
        wake()
        return portion
    }

    /// Records the end of the transfer, after which nothing is added.
    func end() {
        state.withLock { $0.end() }
        wake()
    }
}
