internal import CCurl
internal import Foundation

/// libcurl's multi handle: all transfers of a client and its connections, driven by events.
///
/// libcurl reports the sockets and the time that it waits for (`curl_multi_socket_action`), and is called only for what
/// has happened, so that the cost of an event does not grow with the number of transfers.
///
/// `@unchecked Sendable`: after `init`, only the client's thread calls methods and so touches libcurl and the properties,
/// except for `wakeUp()`, which calls nothing but ``SocketPoller/wakeUp()``, safe on any thread.
@safe
final class MultiHandle: @unchecked Sendable {
    private let raw: UnsafeMutableRawPointer
    private let waiting: MultiWaiting
    private var ready: [SocketPoller.Ready] = []

    init(configuration: HTTPClientConfiguration) throws(HTTPClientError) {
        waiting = MultiWaiting(poller: try SocketPoller())
        guard Self.libraryIsReady, let raw = unsafe curl_multi_init() else {
            throw HTTPClientError(.failed, "libcurl cannot be initialized")
        }
        unsafe self.raw = raw
        let context = unsafe Unmanaged.passUnretained(waiting).toOpaque()
        try check(unsafe ccurl_multi_set_socket_function(raw, noteSocket, context))
        try check(unsafe ccurl_multi_set_timer_function(raw, noteTime, context))
        let pipelining = configuration.sharesHTTP2Connections ? Int(CURLPIPE_MULTIPLEX) : Int(CURLPIPE_NOTHING)
        try set(CURLMOPT_PIPELINING, to: pipelining)
        try set(CURLMOPT_MAX_HOST_CONNECTIONS, to: configuration.maximumConnectionsPerHost)
        // By default libcurl keeps four idle connections for each transfer in flight, and closes the others.
        try set(CURLMOPT_MAXCONNECTS, to: configuration.maximumConnectionsPerHost)
    }

    deinit { unsafe curl_multi_cleanup(raw) }

    /// Ends the current wait, else the next one; may be called on any thread.
    func wakeUp() {
        waiting.poller.wakeUp()
    }

    func add(_ easy: borrowing EasyHandle) throws(HTTPClientError) {
        try check(unsafe curl_multi_add_handle(raw, easy.raw))
    }

    /// Removes a transfer; one in flight ends.
    func remove(_ easy: borrowing EasyHandle) {
        _ = unsafe curl_multi_remove_handle(raw, easy.raw)
    }

    /// Does the work that the last wait found and what is due; calls the transfers' callbacks.
    func perform() throws(HTTPClientError) {
        let ready = ready
        self.ready = []
        for socket in ready {
            var happened: CInt = 0
            if socket.events.contains(.readable) { happened |= CURL_CSELECT_IN }
            if socket.events.contains(.writable) { happened |= CURL_CSELECT_OUT }
            try act(on: socket.socket, happened)
        }
        if let time = waiting.time, time <= .now {
            waiting.time = nil
            try act(on: ccurl_socket_timeout, 0)
        }
    }

    /// Waits until there is work, a call of `wakeUp()`, or the deadline; nil for no deadline.
    func wait(until deadline: ContinuousClock.Instant?) {
        guard let end = [deadline, waiting.time].compactMap(\.self).min() else {
            return ready = waiting.poller.wait(upTo: -1)
        }
        let now = ContinuousClock.now
        ready = waiting.poller.wait(upTo: end <= now ? 0 : CInt((end - now).wholeMilliseconds))
    }

    /// Returns the next transfer that has ended, as its handle's private pointer, and its result.
    func nextEnded() -> (transfer: UnsafeMutableRawPointer?, result: CURLcode)? {
        var left: CInt = 0
        while let message = unsafe curl_multi_info_read(raw, &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE else { continue }
            let result = unsafe message.pointee.data.result
            var context: UnsafeMutableRawPointer?
            unsafe ccurl_get_pointer(message.pointee.easy_handle, CURLINFO_PRIVATE, &context)
            return unsafe (context, result)
        }
        return nil
    }

    private func act(on socket: curl_socket_t, _ events: CInt) throws(HTTPClientError) {
        var running: CInt = 0
        try check(unsafe curl_multi_socket_action(raw, socket, events, &running))
    }

    private func set(_ option: CURLMoption, to value: Int) throws(HTTPClientError) {
        try check(unsafe ccurl_multi_set_long(raw, option, value))
    }

    private func check(_ code: CURLMcode) throws(HTTPClientError) {
        guard code == CURLM_OK else {
            throw HTTPClientError(.failed, "libcurl's multi interface fails (\(code.rawValue))")
        }
    }

    /// Whether libcurl's global initialization, on first use, succeeded.
    private static let libraryIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}

/// The sockets and the time that libcurl waits for.
///
/// Only the driving thread touches it. It outlives the multi handle's clean-up, which still reports sockets.
private final class MultiWaiting {
    let poller: SocketPoller
    /// When libcurl is to be called, whatever happens until then.
    var time: ContinuousClock.Instant?

    init(poller: SocketPoller) {
        self.poller = poller
    }

    static func at(_ context: UnsafeMutableRawPointer?) -> MultiWaiting? {
        unsafe context.map { unsafe Unmanaged<MultiWaiting>.fromOpaque($0).takeUnretainedValue() }
    }
}

private func noteSocket(
    _: UnsafeMutableRawPointer?,
    _ socket: curl_socket_t,
    _ wanted: CInt,
    _ context: UnsafeMutableRawPointer?,
    _: UnsafeMutableRawPointer?
) -> CInt {
    guard let poller = unsafe MultiWaiting.at(context)?.poller else { return -1 }
    let events: SocketPoller.Events
    switch wanted {
    case CURL_POLL_IN: events = .readable
    case CURL_POLL_OUT: events = .writable
    case CURL_POLL_INOUT: events = [.readable, .writable]
    default:
        poller.unregister(socket)
        return 0
    }
    // A failure that is reported here ends the multi handle with all its transfers. Without registration this transfer
    // alone stalls, until its timeouts end it.
    _ = poller.register(socket, for: events)
    return 0
}

private func noteTime(_: UnsafeMutableRawPointer?, _ milliseconds: Int, _ context: UnsafeMutableRawPointer?) -> CInt {
    guard let waiting = unsafe MultiWaiting.at(context) else { return -1 }
    waiting.time = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
    return 0
}
