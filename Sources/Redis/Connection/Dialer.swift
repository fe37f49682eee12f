internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// Opens channels to the server, and creates the handlers for TLS.
final class Dialer: Sendable {
    let configuration: RedisConfiguration
    let eventLoop: any EventLoop
    /// Created once, because reading the trusted certificates is slow.
    private let tlsContext = Mutex<NIOSSLContext?>(nil)

    init(configuration: RedisConfiguration, eventLoop: any EventLoop) {
        self.configuration = configuration
        self.eventLoop = eventLoop
    }

    /// Opens a channel without handlers; the host name is resolved each time.
    func dial() -> EventLoopFuture<any Channel> {
        let bootstrap = ClientBootstrap(group: eventLoop).connectTimeout(TimeAmount(configuration.connectTimeout))
        return switch configuration.endpoint {
        case .tcp(let host, let port): bootstrap.connect(host: host, port: port)
        case .unixSocket(let path): bootstrap.connect(unixDomainSocketPath: path)
        }
    }

    /// Creates a handler that verifies the server's certificate and that it names the endpoint's host.
    ///
    /// - Returns: Nil if the configuration asks for no TLS.
    func makeTLSHandler() throws -> NIOSSLClientHandler? {
        guard let tls = configuration.tls else { return nil }
        guard case .tcp(let host, _) = configuration.endpoint else {
            throw RedisError(.connectionFailed, "TLS needs a host name to check; a Unix socket has none")
        }
        let context = try tlsContext.withLock { context in
            let made = try context ?? tls.makeContext()
            context = made
            return made
        }
        // A certificate for an IP address is verified against the channel's address; SNI takes names only.
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
    }
}
