internal import CCurl

/// A libcurl easy handle: the options of one transfer, used on the client's thread only.
@safe
struct EasyHandle: ~Copyable {
    let raw: UnsafeMutableRawPointer

    init() throws(HTTPClientError) {
        guard let raw = unsafe curl_easy_init() else { throw HTTPClientError(.failed, "libcurl creates no handle") }
        unsafe self.raw = raw
    }

    deinit { unsafe curl_easy_cleanup(raw) }

    func set(_ option: CURLoption, to value: Int) throws(HTTPClientError) {
        try check(unsafe ccurl_set_long(raw, option, value))
    }

    func set(_ option: CURLoption, to value: Bool) throws(HTTPClientError) {
        try set(option, to: value ? 1 : 0)
    }

    /// Sets an option whose name ends in `_LARGE`.
    func set(_ option: CURLoption, toSize value: Int) throws(HTTPClientError) {
        try check(unsafe ccurl_set_offset(raw, option, curl_off_t(value)))
    }

    /// Sets a string, which libcurl copies.
    func set(_ option: CURLoption, to value: String) throws(HTTPClientError) {
        try check(unsafe ccurl_set_string(raw, option, value))
    }

    /// Sets bytes, which libcurl copies, as many as the size set before.
    func set(_ option: CURLoption, toCopyOf bytes: [UInt8]) throws(HTTPClientError) {
        // The address of an empty array may be nil, which means "no content" to libcurl.
        let code = unsafe (bytes.isEmpty ? [0] : bytes).withUnsafeBytes { bytes in
            unsafe ccurl_set_pointer(raw, option, bytes.baseAddress)
        }
        try check(code)
    }

    /// Sets a pointer, which has to stay valid as long as the option applies.
    func set(_ option: CURLoption, to value: UnsafeRawPointer?) throws(HTTPClientError) {
        try check(unsafe ccurl_set_pointer(raw, option, value))
    }

    /// Sets the header lines; the list has to outlive the transfer.
    func set(_ headers: borrowing HeaderList) throws(HTTPClientError) {
        try check(unsafe ccurl_set_list(raw, CURLOPT_HTTPHEADER, headers.raw))
    }

    /// Sets the form, which has to outlive the transfer.
    func set(_ form: MimeForm) throws(HTTPClientError) {
        try check(unsafe ccurl_set_form(raw, form.raw))
    }

    /// Resumes a paused transfer; may call the transfer's callbacks.
    func resume() throws(HTTPClientError) {
        try check(unsafe curl_easy_pause(raw, CURLPAUSE_CONT))
    }
}

/// Throws the error of a libcurl code other than `CURLE_OK`.
func check(_ code: CURLcode) throws(HTTPClientError) {
    guard code == CURLE_OK else { throw HTTPClientError(code, progress: .unsent) }
}

/// A `curl_slist` of header lines.
@safe
struct HeaderList: ~Copyable {
    private(set) var raw: UnsafeMutablePointer<curl_slist>?

    /// Creates a list of lines such as `Name: value`, each ended by a NUL.
    init(_ lines: [[CChar]]) throws(HTTPClientError) {
        unsafe raw = nil
        for line in lines {
            guard let longer = unsafe curl_slist_append(raw, line) else {
                unsafe curl_slist_free_all(raw)
                throw HTTPClientError(.failed, "no memory for the header")
            }
            unsafe raw = longer
        }
    }

    deinit { unsafe curl_slist_free_all(raw) }
}

/// The buffer of a callback's `count` items of `size` bytes.
func buffer(_ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int) -> UnsafeMutableRawBufferPointer? {
    let (length, overflow) = size.multipliedReportingOverflow(by: count)
    guard !overflow, length >= 0 else { return nil }
    return unsafe UnsafeMutableRawBufferPointer(start: bytes, count: bytes == nil ? 0 : length)
}
