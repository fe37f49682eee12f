internal import CCurl

/// libcurl's multi handle: all transfers of a client and its connections.
///
/// `@unchecked Sendable`: every method but `wakeUp()` is called by the driving thread alone, from the moment it starts,
/// and `init` has returned before. `wakeUp()` is the one function that libcurl allows on any thread at any time, and the
/// mailbox, which alone calls it, does so under its lock and only before the thread can have seen that it has to end.
@safe
final class MultiHandle: @unchecked Sendable {
    private let raw: UnsafeMutableRawPointer

    init(configuration: HTTPClient.Configuration) throws(HTTPClientError) {
        guard Self.libraryIsReady, let raw = unsafe curl_multi_init() else {
            throw HTTPClientError(.failed, "libcurl does not start")
        }
        unsafe self.raw = raw
        let pipelining = configuration.sharesHTTP2Connections ? Int(CURLPIPE_MULTIPLEX) : Int(CURLPIPE_NOTHING)
        try set(CURLMOPT_PIPELINING, to: pipelining)
        try set(CURLMOPT_MAX_HOST_CONNECTIONS, to: configuration.maximumConnectionsPerHost)
        // Else libcurl would keep four idle connections for each transfer that still runs, and close the others.
        try set(CURLMOPT_MAXCONNECTS, to: configuration.maximumConnectionsPerHost)
    }

    deinit { unsafe curl_multi_cleanup(raw) }

    /// Interrupts the wait that is going on, or else the next one; any thread may call it.
    func wakeUp() {
        // Can only fail if the handle's own socket pair does; then the wait ends by its time-out.
        _ = unsafe curl_multi_wakeup(raw)
    }

    func add(_ easy: borrowing EasyHandle) throws(HTTPClientError) {
        try check(unsafe curl_multi_add_handle(raw, easy.raw))
    }

    /// Ends the transfer if it runs: its connection is closed, or its stream reset.
    func remove(_ easy: borrowing EasyHandle) {
        _ = unsafe curl_multi_remove_handle(raw, easy.raw)
    }

    /// Does whatever can be done without waiting; calls the transfers' callbacks.
    func perform() throws(HTTPClientError) {
        var running: CInt = 0
        try check(unsafe curl_multi_perform(raw, &running))
    }

    /// Waits until something can be done, somebody calls `wakeUp()`, or the time is over.
    func poll(upTo milliseconds: CInt) throws(HTTPClientError) {
        try check(unsafe curl_multi_poll(raw, nil, 0, milliseconds, nil))
    }

    /// Takes the next transfer that has ended, if one has.
    func nextEnded() -> (transfer: Transfer?, result: CURLcode)? {
        var left: CInt = 0
        while let message = unsafe curl_multi_info_read(raw, &left) {
            guard unsafe message.pointee.msg == CURLMSG_DONE else { continue }
            let result = unsafe message.pointee.data.result
            var context: UnsafeMutableRawPointer?
            unsafe ccurl_get_pointer(message.pointee.easy_handle, CURLINFO_PRIVATE, &context)
            return (unsafe Transfer.at(context), result)
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

    /// Whether libcurl's one-time set-up, made on first use, succeeded.
    private static let libraryIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
}
