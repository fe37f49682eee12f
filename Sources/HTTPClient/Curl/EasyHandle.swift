internal import CCurl

/// A libcurl easy handle: one transfer's options, touched by the driving thread only.
@safe
struct EasyHandle: ~Copyable {
    let raw: UnsafeMutableRawPointer

    init() throws(HTTPClientError) {
        guard let raw = unsafe curl_easy_init() else { throw HTTPClientError(.failed, "libcurl gives no handle") }
        unsafe self.raw = raw
    }

    deinit { unsafe curl_easy_cleanup(raw) }

    func set(_ option: CURLoption, to value: Int) throws(HTTPClientError) {
        try check(unsafe ccurl_set_long(raw, option, value))
    }

    func set(_ option: CURLoption, to value: Bool) throws(HTTPClientError) {
        try set(option, to: value ? 1 : 0)
    }

    /// For the options whose names end in `_LARGE`.
    func set(_ option: CURLoption, toSize value: Int) throws(HTTPClientError) {
        try check(unsafe ccurl_set_offset(raw, option, curl_off_t(value)))
    }

    /// libcurl copies the string.
    func set(_ option: CURLoption, to value: String) throws(HTTPClientError) {
        try check(unsafe ccurl_set_string(raw, option, value))
    }

    /// libcurl copies the bytes, as many as it was told before.
    func set(_ option: CURLoption, toCopyOf bytes: [UInt8]) throws(HTTPClientError) {
        // The address of no bytes may be nil, which would mean "no content".
        let code = unsafe (bytes.isEmpty ? [0] : bytes).withUnsafeBytes { bytes in
            unsafe ccurl_set_pointer(raw, option, bytes.baseAddress)
        }
        try check(code)
    }

    /// The pointer has to stay valid as long as the option counts.
    func set(_ option: CURLoption, to value: UnsafeRawPointer?) throws(HTTPClientError) {
        try check(unsafe ccurl_set_pointer(raw, option, value))
    }

    /// The list has to outlive the transfer.
    func set(_ headers: borrowing HeaderList) throws(HTTPClientError) {
        try check(unsafe ccurl_set_list(raw, CURLOPT_HTTPHEADER, headers.raw))
    }

    /// The form has to outlive the transfer.
    func set(_ form: MimeForm) throws(HTTPClientError) {
        try check(unsafe ccurl_set_form(raw, form.raw))
    }

    /// Lets a paused transfer go on; may call the transfer's callbacks.
    func resume() throws(HTTPClientError) {
        try check(unsafe curl_easy_pause(raw, CURLPAUSE_CONT))
    }
}

/// Turns a code of libcurl into an error unless it is `CURLE_OK`.
func check(_ code: CURLcode) throws(HTTPClientError) {
    guard code == CURLE_OK else { throw HTTPClientError(code, progress: .unsent) }
}
