internal import CCurl
internal import HTTPTypes

/// A transfer on the client's thread: the easy handle, the objects that it refers to, and the state of its callbacks.
///
/// libcurl has an unretained pointer to it; the driver retains it as long as the handle is in the multi handle.
final class Transfer {
    let exchange: Exchange
    let easy: EasyHandle
    private let headers: HeaderList
    private let content: RequestContent
    private let isIdempotent: Bool

    private(set) var clock: TransferClock
    private(set) var progress = HTTPClientError.Progress.unsent
    private var parser = ResponseHeadParser()
    private var movedBytes = 0
    /// The error with which a callback ended the transfer, more specific than libcurl's code.
    private var failure: HTTPClientError?

    init(
        _ request: CheckedRequest,
        for exchange: Exchange,
        configuration: HTTPClientConfiguration
    ) throws(HTTPClientError) {
        self.exchange = exchange
        isIdempotent = request.isIdempotent
        clock = TransferClock(request.timeouts, from: exchange.begin)
        easy = try EasyHandle()
        headers = try HeaderList(request.headerLines + request.fixedHeaderLines)
        content = try RequestContent(request, for: easy)
        try easy.set(request, headers: headers, configuration: configuration)
        try easy.setCallbacks(of: self)
    }

    /// Resumes reading after a pause.
    func resume() throws(HTTPClientError) {
        clock.resumed(at: .now)
        try easy.resume()
    }

    /// Resumes sending after a pause, for which libcurl has the reader offered again what it is behind with, if anything.
    func resumeSending() throws(HTTPClientError) {
        try easy.resume()
    }

    /// Has the connection closed with the end of the transfer, unless others use it.
    ///
    /// libcurl 7.88 keeps an HTTP/2 connection of a transfer that is not complete, and does not reset its stream.
    func dropConnection() {
        try? easy.set(CURLOPT_FORBID_REUSE, to: true)
    }

    /// The error of a deadline that has passed, if any.
    func expired(at now: TransferClock.Instant) -> HTTPClientError? {
        clock.expired(at: now, progress: progress)
    }

    /// The error of a transfer that libcurl has ended; nil if the response is complete.
    func error(_ result: CURLcode) -> HTTPClientError? {
        guard result != CURLE_OK else { return nil }
        return failure ?? content.failure ?? HTTPClientError(result, progress: progress)
    }
}

// The callbacks' events.
extension Transfer {
    /// The connection is ready; returns whether the request may be sent.
    ///
    /// libcurl repeats a request by itself when the reused connection turns out to be closed. The server may have acted
    /// on the request, so that only idempotent ones may be repeated.
    func requestBegins() -> Bool {
        guard progress == .unsent || isIdempotent else {
            failure = HTTPClientError(.connectionLost, "the reused connection ended without an answer", progress: .sent)
            return false
        }
        progress = max(progress, .sent)
        clock.moved(at: .now)
        return true
    }

    /// The number of bytes of both bodies that were transferred so far.
    func moved(bytes: Int) {
        guard bytes != movedBytes else { return }
        movedBytes = bytes
        clock.moved(at: .now)
    }

    /// A line of a head or of the trailers; returns whether the transfer continues.
    func received(line: UnsafeRawBufferPointer) -> Bool {
        progress = .answered
        clock.moved(at: .now)
        do throws(HTTPClientError) {
            if let head = try unsafe parser.receive(line: line) { exchange.received(head) }
            return true
        } catch {
            failure = error
            return false
        }
    }

    /// Bytes of the body; returns whether they were accepted.
    func received(bytes: UnsafeRawBufferPointer) -> TransferState<Exchange.Waiter>.Arrival {
        let arrival = unsafe exchange.received(bytes)
        if case .pause = arrival { clock.paused() } else { clock.moved(at: .now) }
        return arrival
    }
}
