internal import CCurl
internal import Foundation

// The functions that libcurl calls, always on the driving thread. Each finds its object, turns pointers into a buffer,
// and answers in libcurl's numbers; none can trap, whatever it is given.

extension EasyHandle {
    /// Lets libcurl report to the transfer, which has to outlive the handle's stay in the multi handle.
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

    /// Lets libcurl read the body from a file, which has to outlive the transfer.
    func setSource(_ file: RequestFile) throws(HTTPClientError) {
        try unsafe check(ccurl_set_read_function(raw, readRequestFile))
        try unsafe set(CURLOPT_READDATA, to: file.context)
        try unsafe check(ccurl_set_seek_function(raw, seekRequestFile))
        try unsafe set(CURLOPT_SEEKDATA, to: file.context)
    }
}

extension Transfer {
    /// The transfer of a callback's context.
    static func at(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        unsafe context.map { unsafe Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }
}

extension RequestFile {
    /// The context of the callbacks that read the file.
    var context: UnsafeMutableRawPointer { unsafe Unmanaged.passUnretained(self).toOpaque() }

    fileprivate static func at(_ context: UnsafeMutableRawPointer?) -> RequestFile? {
        unsafe context.map { unsafe Unmanaged<RequestFile>.fromOpaque($0).takeUnretainedValue() }
    }
}

/// The bytes of a callback, which speaks of `count` items of `size` bytes.
private func buffer(_ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int) -> UnsafeMutableRawBufferPointer?
{
    let (length, overflow) = size.multipliedReportingOverflow(by: count)
    guard !overflow, length >= 0 else { return nil }
    return unsafe UnsafeMutableRawBufferPointer(start: bytes, count: bytes == nil ? 0 : length)
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

/// Keeps the socket from child processes, which would hold the connection open.
private func prepareSocket(_: UnsafeMutableRawPointer?, _ socket: curl_socket_t, _: curlsocktype) -> CInt {
    fcntl(socket, F_SETFD, FD_CLOEXEC) == 0 ? CURL_SOCKOPT_OK : CURL_SOCKOPT_ERROR
}

func readRequestFile(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let file = unsafe RequestFile.at(context), let space = unsafe buffer(bytes, size, count),
        let length = unsafe file.read(into: space)
    else { return Int(CURL_READFUNC_ABORT) }
    return length
}

func seekRequestFile(_ context: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: CInt) -> CInt {
    guard let file = unsafe RequestFile.at(context), origin == SEEK_SET, file.seek(to: Int(offset)) else {
        return CURL_SEEKFUNC_FAIL
    }
    return CURL_SEEKFUNC_OK
}
