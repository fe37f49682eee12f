internal import CCurl

extension HTTPClientError {
    /// Creates the error of a libcurl code.
    ///
    /// A connection that is lost before the request was sent is one that could not be established.
    init(_ curlCode: CURLcode, progress: Progress) {
        let code: Code =
            switch curlCode {
            case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
                .nameResolutionFailed
            case CURLE_COULDNT_CONNECT, CURLE_PROXY, CURLE_INTERFACE_FAILED, CURLE_NO_CONNECTION_AVAILABLE:
                .connectionFailed
            case CURLE_PEER_FAILED_VERIFICATION:
                .certificateUntrusted
            case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
                CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS,
                CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CLIENTCERT, CURLE_SSL_ENGINE_NOTFOUND,
                CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED, CURLE_SSL_SHUTDOWN_FAILED,
                CURLE_USE_SSL_FAILED:
                .tlsFailed
            case CURLE_OPERATION_TIMEDOUT:
                .timedOut
            case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING:
                progress == .unsent ? .connectionFailed : .connectionLost
            case CURLE_PARTIAL_FILE, CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_SEND_FAIL_REWIND:
                .connectionLost
            case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING,
                CURLE_TOO_MANY_REDIRECTS, CURLE_RANGE_ERROR:
                .invalidResponse
            case CURLE_OUT_OF_MEMORY:
                // Also libcurl's code for a header line that is larger than its limit.
                progress == .unsent ? .failed : .invalidResponse
            case CURLE_URL_MALFORMAT:
                .invalidRequest
            case CURLE_READ_ERROR, CURLE_FILE_COULDNT_READ_FILE:
                .fileUnreadable
            default:
                .failed
            }
        let text = unsafe String(cString: curl_easy_strerror(curlCode))
        self.init(code, "\(text) (\(curlCode.rawValue))", progress: progress)
    }
}
