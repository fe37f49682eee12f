internal import CCurl
internal import HTTPTypes

extension CheckedRequest {
    /// The lines that remove fields which libcurl adds by default.
    var fixedHeaderLines: [[CChar]] {
        var names = ["Expect"]
        switch body {
        case .multipart: break
        case .none, .bytes, .file, .streamed: if !hasContentType { names.append("Content-Type") }
        }
        return names.map { name in Array("\(name):".utf8CString) }
    }
}

extension EasyHandle {
    /// Sets all options that do not depend on the body.
    func set(
        _ request: CheckedRequest,
        headers: borrowing HeaderList,
        configuration: HTTPClientConfiguration
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
        configuration: HTTPClientConfiguration
    ) throws(HTTPClientError) {
        try set(CURLOPT_HTTP_VERSION, to: Int(CURL_HTTP_VERSION_2TLS))
        try set(CURLOPT_PIPEWAIT, to: request.isSecure && configuration.sharesHTTP2Connections)
        try set(CURLOPT_BUFFERSIZE, to: request.readBufferSize)
        // Not brotli: gzip and deflate expand by a factor of at most about a thousand, which limits what libcurl
        // buffers of one read while the reader is behind.
        try set(CURLOPT_ACCEPT_ENCODING, to: "gzip, deflate")
        try set(CURLOPT_CONNECTTIMEOUT_MS, to: request.timeouts.connect.wholeMilliseconds)
        try set(CURLOPT_NOSIGNAL, to: true)
        // The end of a transfer must not wait for a name resolution that hangs.
        try set(CURLOPT_QUICK_EXIT, to: true)
        // A response may take minutes: middleboxes must not drop the idle connection.
        try set(CURLOPT_TCP_KEEPALIVE, to: true)
        try set(CURLOPT_SUPPRESS_CONNECT_HEADERS, to: true)
    }

    /// Sets the Unix socket or the proxy, always explicitly: libcurl itself must not read the environment.
    private func setRoute(
        _ request: CheckedRequest,
        configuration: HTTPClientConfiguration
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

    private func setTrust(_ configuration: HTTPClientConfiguration) throws(HTTPClientError) {
        try set(CURLOPT_SSL_VERIFYPEER, to: true)
        try set(CURLOPT_SSL_VERIFYHOST, to: 2)
        try set(CURLOPT_SSLVERSION, to: Int(CURL_SSLVERSION_TLSv1_2))
        if let file = configuration.trustRootsFile { try set(CURLOPT_CAINFO, to: file) }
        if let folders = configuration.trustRootsDirectories { try set(CURLOPT_CAPATH, to: folders) }
    }
}

extension Duration {
    /// The duration in milliseconds, rounded up, from 1 to the maximum of `Int32`.
    var wholeMilliseconds: Int {
        guard self > .zero else { return 1 }
        let (seconds, attoseconds) = components
        guard seconds < Int64(Int32.max) / 1000 else { return Int(Int32.max) }
        return Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}
