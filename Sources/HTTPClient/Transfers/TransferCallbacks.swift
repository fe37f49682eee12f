internal import CCurl
internal import Foundation

// The callbacks of libcurl, called on the client's thread only. Each finds its object, converts pointers to a buffer,
// and returns libcurl's codes; none can trap.

extension EasyHandle {
    /// Sets the callbacks of a transfer, which has to exist as long as the handle is in the multi handle.
    func setCallbacks(of transfer: Transfer) throws(HTTPClientError) {
        let context = unsafe Unmanaged.passUnretained(transfer).toOpaque()
        try unsafe set(CURLOPT_PRIVATE, to: context)

        try unsafe check(ccurl_set_header_function(raw, receiveLine))
        try unsafe set(CURLOPT_HEADERDATA, to: context)
        try unsafe check(ccurl_set_write_function(raw, receiveBytes))
        try unsafe set(CURLOPT_WRITEDATA, to: context)
        try unsafe check(ccurl_set_prerequest_function(raw, beginRequest))
        try unsafe set(CURLOPT_PREREQDATA, to: context)
        try unsafe check(ccurl_set_progress_function(raw, reportProgress))
        try unsafe set(CURLOPT_XFERINFODATA, to: context)
        try set(CURLOPT_NOPROGRESS, to: false)
        try unsafe check(ccurl_set_socket_function(raw, prepareSocket))
    }
}

extension Transfer {
    /// The transfer of a callback's context.
    static func at(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        unsafe context.map { unsafe Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }
}

private func receiveLine(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let transfer = unsafe Transfer.at(context), let line = unsafe buffer(bytes, size, count) else { return -1 }
    return unsafe transfer.received(line: UnsafeRawBufferPointer(line)) ? line.count : -1
}

private func receiveBytes(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let transfer = unsafe Transfer.at(context), let chunk = unsafe buffer(bytes, size, count) else { return -1 }
    switch unsafe transfer.received(bytes: UnsafeRawBufferPointer(chunk)) {
    case .accepted: return chunk.count
    case .pause: return Int(CURL_WRITEFUNC_PAUSE)
    case .refused: return -1
    }
}

private func beginRequest(
    _ context: UnsafeMutableRawPointer?,
    _: UnsafeMutablePointer<CChar>?,
    _: UnsafeMutablePointer<CChar>?,
    _: CInt,
    _: CInt
) -> CInt {
    guard let transfer = unsafe Transfer.at(context) else { return CURL_PREREQFUNC_ABORT }
    return transfer.requestBegins() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

private func reportProgress(
    _ context: UnsafeMutableRawPointer?,
    _: curl_off_t,
    _ received: curl_off_t,
    _: curl_off_t,
    _ sent: curl_off_t
) -> CInt {
    unsafe Transfer.at(context)?.moved(bytes: Int(received &+ sent))
    return 0
}

/// Keeps child processes from inheriting the socket, which would keep the connection open.
private func prepareSocket(_: UnsafeMutableRawPointer?, _ socket: curl_socket_t, _: curlsocktype) -> CInt {
    fcntl(socket, F_SETFD, FD_CLOEXEC) == 0 ? CURL_SOCKOPT_OK : CURL_SOCKOPT_ERROR
}
