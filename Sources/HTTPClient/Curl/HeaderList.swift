internal import CCurl

/// A `curl_slist` of header lines.
@safe
struct HeaderList: ~Copyable {
    private(set) var raw: UnsafeMutablePointer<curl_slist>?

    /// Makes a list of lines such as `Name: value`, each ended by a NUL.
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
