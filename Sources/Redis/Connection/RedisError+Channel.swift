internal import NIOCore
internal import NIOPosix
internal import NIOSSL

extension RedisError {
    /// Describes why no channel could be opened.
    init(connecting error: any Error) {
        switch error {
        case let error as NIOConnectionError where error.connectionErrors.isEmpty:
            self.init(.hostNotFound, "the host name resolves to no address")
        case let error as NIOConnectionError:
            var reasons: [String] = []
            for failure in error.connectionErrors.map({ Self.reason(for: $0.error) }) where !reasons.contains(failure) {
                reasons.append(failure)
            }
            self.init(.connectionFailed, reasons.joined(separator: "; "))
        case let error as RedisConfiguration.TLS.InvalidFile:
            self.init(.tlsFailed, error.problem)
        case is NIOSSLError, is BoringSSLError:
            self.init(ofChannel: error)
        default:
            self.init(.connectionFailed, Self.reason(for: error))
        }
    }

    private static func reason(for error: any Error) -> String {
        if case .connectTimeout? = error as? ChannelError { return "no answer from the address" }
        return (error as? IOError).map(\.description) ?? "\(error)"
    }

    /// Describes why a channel failed.
    init(ofChannel error: any Error) {
        switch error {
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            self.init(.certificateUntrusted, "the server's certificate names another host")
        case NIOSSLError.unableToValidateCertificate, NIOSSLError.noCertificateToValidate:
            self.init(.certificateUntrusted, "the server's certificate cannot be checked")
        case NIOSSLError.handshakeFailed(let cause):
            self = Self.ofTLS(cause)
        case let error as BoringSSLError:
            self = Self.ofTLS(error)
        default:
            self.init(.connectionLost, "the connection failed: \(error)")
        }
    }

    /// BoringSSL gives its reasons only as names in its messages.
    private static func ofTLS(_ error: BoringSSLError) -> RedisError {
        guard case .sslError(let stack) = error else { return RedisError(.tlsFailed, "TLS failed: \(error)") }
        let text = stack.map(\.description).joined(separator: "; ")
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            return RedisError(
                .certificateUntrusted,
                "the server's certificate is not signed by a trusted authority, or has expired"
            )
        }
        if text.contains("CERTIFICATE_REQUIRED") || text.contains("ALERT_HANDSHAKE_FAILURE") {
            return RedisError(.tlsFailed, "the server asks for a client certificate, or for other ciphers: \(text)")
        }
        if text.contains("ALERT_UNKNOWN_CA") || text.contains("ALERT_BAD_CERTIFICATE") {
            return RedisError(.tlsFailed, "the server does not trust the client certificate: \(text)")
        }
        return RedisError(.tlsFailed, text)
    }
}
