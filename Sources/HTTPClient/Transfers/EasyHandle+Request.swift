internal import CCurl
internal import HTTPTypes

extension CheckedRequest {
    /// What libcurl must be told to leave out, as it would add it by itself.
    var fixedHeaderLines: [[CChar]] {
        var names = ["Expect"]
        switch body {
        case .multipart: break
        case .none, .bytes, .file: if !hasContentType { names.append("Content-Type") }
        }
        return names.map { name in Array("\(name):".utf8CString) }
    }
}

extension EasyHandle {
    /// Sets all that does not depend on the body.
    func set(
        _ request: CheckedRequest,
        headers: borrowing HeaderList,
        configuration: HTTPClient.Configuration
    ) throws(HTTPClientError) {
        try set(CURLOPT_URL, to: request.url)
        try set(CURLOPT_PATH_AS_IS, to: true)
        try set(CURLOPT_PROTOCOLS_STR, to: "http,https")
        try set(headers)
        try setProtocol(request, configuration: configuration)
        try setRoute(request, configuration: configuration)
        try setTrust(configuration)
    }

    private func setProtocol(
        _ request: CheckedRequest,
        configuration: HTTPClient.Configuration
    ) throws(HTTPClientError) {
        try set(CURLOPT_HTTP_VERSION, to: Int(CURL_HTTP_VERSION_2TLS))
        try set(CURLOPT_PIPEWAIT, to: request.isSecure && configuration.sharesHTTP2Connections)
        // Not brotli: gzip and deflate expand by a factor of about a thousand at most, which bounds what libcurl holds
        // of one read while the reader is behind.
        try set(CURLOPT_ACCEPT_ENCODING, to: "gzip, deflate")
        try set(CURLOPT_CONNECTTIMEOUT_MS, to: request.timeouts.connect.wholeMilliseconds)
        try set(CURLOPT_NOSIGNAL, to: true)
        // Ending a transfer whose name look-up hangs must not wait for the look-up.
        try set(CURLOPT_QUICK_EXIT, to: true)
        // An answer may be minutes in coming: keep middleboxes from forgetting the connection.
        try set(CURLOPT_TCP_KEEPALIVE, to: true)
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, to: true)
    }

    /// By a Unix socket, or by a proxy, or straight: libcurl itself must not look into the environment.
    private func setRoute(
        _ request: CheckedRequest,
        configuration: HTTPClient.Configuration
    ) throws(HTTPClientError) {
        if let path = request.unixSocketPath {
            try set(CURLOPT_UNIX_SOCKET_PATH, to: path)
            try set(CURLOPT_PROXY, to: "")
        } else {
            let proxies = configuration.proxies
            try set(CURLOPT_PROXY, to: (request.isSecure ? proxies.https : proxies.http) ?? "")
            try set(CURLOPT_NOPROXY, to: proxies.exceptions ?? "")
        }
    }

    private func setTrust(_ configuration: HTTPClient.Configuration) throws(HTTPClientError) {
        try set(CURLOPT_SSL_VERIFYPEER, to: true)
        try set(CURLOPT_SSL_VERIFYHOST, to: 2)
        try set(CURLOPT_SSLVERSION, to: Int(CURL_SSLVERSION_TLSv1_2))
        if let file = configuration.trustRootsFile { try set(CURLOPT_CAINFO, to: file) }
        if let folders = configuration.trustRootsDirectories { try set(CURLOPT_CAPATH, to: folders) }
    }
}

extension Duration {
    /// In milliseconds, from 1 up to what a 32-bit number holds.
    var wholeMilliseconds: Int {
        guard self > .zero else { return 1 }
        let (seconds, attoseconds) = components
        guard seconds < Int64(Int32.max) / 1000 else { return Int(Int32.max) }
        return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
