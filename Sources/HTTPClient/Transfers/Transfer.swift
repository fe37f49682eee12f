internal import CCurl
internal import HTTPTypes

/// One transfer on the driving thread: the easy handle with all that it borrows, and what its callbacks learn.
///
/// libcurl holds an unretained pointer to it; the driver keeps it for as long as the handle is in the multi handle.
final class Transfer {
    let exchange: Exchange
    let easy: EasyHandle
    private let headers: HeaderList
    private let content: RequestContent

    private(set) var clock: TransferClock
    private(set) var progress = HTTPClientError.Progress.unsent
    private var parser = ResponseHeadParser()
    private var movedBytes = 0
    /// Why a callback stopped the transfer, where that says more than libcurl's code.
    private var failure: HTTPClientError?

    init(_ exchange: Exchange, configuration: HTTPClient.Configuration) throws(HTTPClientError) {
        let request = exchange.request
        self.exchange = exchange
        clock = TransferClock(request.timeouts, from: exchange.begin)
        easy = try EasyHandle()
        headers = try HeaderList(request.headerLines + request.fixedHeaderLines)
        content = try RequestContent(request, for: easy)
        try easy.set(request, headers: headers, configuration: configuration)
        try easy.setCallbacks(of: self)
    }

    /// Reads on after a pause.
    func resume() throws(HTTPClientError) {
        clock.resumed(at: .now)
        try easy.resume()
    }

    /// What has run out, if anything.
    func expired(at now: TransferClock.Instant) -> HTTPClientError? {
        clock.expired(at: now, progress: progress)
    }

    /// The outcome of a transfer that libcurl has ended: nil if the response is whole.
    func outcome(_ result: CURLcode) -> HTTPClientError? {
        guard result != CURLE_OK else { return nil }
        return failure ?? content.failure ?? HTTPClientError(result, progress: progress)
    }
}

// What the callbacks report.
extension Transfer {
    /// The connection is ready and the request is about to be sent; returns whether it may be.
    ///
    /// libcurl sends a request again by itself when the reused connection turns out to be dead. The server may have acted
    /// on it nonetheless, so that is allowed for idempotent requests only.
    func requestBegins() -> Bool {
        guard progress == .unsent || exchange.request.isIdempotent else {
            failure = HTTPClientError(.connectionLost, "the reused connection ended without an answer", progress: .sent)
            return false
        }
        progress = max(progress, .sent)
        clock.moved(at: .now)
        return true
    }

    /// Bytes of bodies have moved so far, in both directions together.
    func moved(bytes: Int) {
        guard bytes != movedBytes else { return }
        movedBytes = bytes
        clock.moved(at: .now)
    }

    /// A line of a head, or of the trailers; returns whether the transfer may go on.
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

    /// Bytes of the body; returns what became of them.
    func received(bytes: UnsafeRawBufferPointer) -> TransferState<Exchange.Waiter>.Arrival {
        let arrival = unsafe exchange.received(bytes)
        if case .pause = arrival { clock.paused() } else { clock.moved(at: .now) }
        return arrival
    }
}
