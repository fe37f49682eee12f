internal import CCurl

/// A streamed body that is being sent, read on the client's thread.
final class RequestStream {
    private let body: StreamedBody

    init(_ body: StreamedBody) {
        self.body = body
    }

    /// Reads the next bytes into the buffer; returns libcurl's code for what there is.
    fileprivate func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        switch unsafe body.read(into: buffer) {
        case .bytes(let bytes): bytes.count
        case .none: Int(CURL_READFUNC_PAUSE)
        case .end: 0
        }
    }
}

extension EasyHandle {
    /// Has libcurl read the body from a stream, which has to outlive the transfer.
    ///
    /// What is read cannot be read again, so that the connection has to be a new one: libcurl would repeat a request for
    /// which a reused connection turns out to be closed.
    func setSource(_ stream: RequestStream) throws(HTTPClientError) {
        try unsafe check(ccurl_set_read_function(raw, readRequestStream))
        try unsafe set(CURLOPT_READDATA, to: Unmanaged.passUnretained(stream).toOpaque())
        try set(CURLOPT_FRESH_CONNECT, to: true)
        try set(CURLOPT_FORBID_REUSE, to: true)
    }
}

private func readRequestStream(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context = unsafe context, let space = unsafe buffer(bytes, size, count) else {
        return Int(CURL_READFUNC_ABORT)
    }
    return unsafe Unmanaged<RequestStream>.fromOpaque(context).takeUnretainedValue().read(into: space)
}
