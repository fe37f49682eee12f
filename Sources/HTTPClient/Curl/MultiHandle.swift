internal import CCurl

/// libcurl's multi handle: all transfers of a client and its connections.
///
/// `@unchecked Sendable`: after `init`, only the client's thread calls methods, except for `wakeUp()`. libcurl allows
/// that function on any thread at any time; the mailbox alone calls it, under its lock, and only before the thread can
/// have seen that it has to end.
@safe
final class MultiHandle: @unchecked Sendable {
    private let raw: UnsafeMutableRawPointer

    init(configuration: HTTPClientConfiguration) throws(HTTPClientError) {
        guard Self.libraryIsReady, let raw = unsafe curl_multi_init() else {
            throw HTTPClientError(.failed, "libcurl cannot be initialized")
        }
        unsafe self.raw = raw
        let pipelining = configuration.sharesHTTP2Connections ? Int(CURLPIPE_MULTIPLEX) : Int(CURLPIPE_NOTHING)
        try set(CURLMOPT_PIPELINING, to: pipelining)
        try set(CURLMOPT_MAX_HOST_CONNECTIONS, to: configuration.maximumConnectionsPerHost)
        // By default libcurl keeps four idle connections for each transfer in flight, and closes the others.
        try set(CURLMOPT_MAXCONNECTS, to: configuration.maximumConnectionsPerHost)
    }

    deinit { unsafe curl_multi_cleanup(raw) }

    /// Interrupts the current wait, else the next one; may be called on any thread.
    func wakeUp() {
        // Fails only if the handle's own socket pair does; the wait ends after its timeout then.
        _ = unsafe curl_multi_wakeup(raw)
    }

    func add(_ easy: borrowing EasyHandle) throws(HTTPClientError) {
        try check(unsafe curl_multi_add_handle(raw, easy.raw))
    }

    /// Removes a transfer; one in flight ends: its connection is closed, or its stream is reset.
    func remove(_ easy: borrowing EasyHandle) {
        _ = unsafe curl_multi_remove_handle(raw, easy.raw)
    }

    /// Does all work that needs no wait; calls the transfers' callbacks.
    func perform() throws(HTTPClientError) {
        var running: CInt = 0
        try check(unsafe curl_multi_perform(raw, &running))
    }

    /// Waits until there is work, a call of `wakeUp()`, or the timeout.
    func poll(upTo milliseconds: CInt) throws(HTTPClientError) {
        try check(unsafe curl_multi_poll(raw, nil, 0, milliseconds, nil))
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
