internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// Opens channels to the server, and makes the handlers that TLS needs.
final class Dialer: Sendable {
    let configuration: RedisConfiguration
    let eventLoop: any EventLoop
    /// Made once: reading the certificates to trust takes its time.
    private let tlsContext = Mutex<NIOSSLContext?>(nil)

    init(configuration: RedisConfiguration, eventLoop: any EventLoop) {
        self.configuration = configuration
        self.eventLoop = eventLoop
    }

    /// Opens a channel that has no handlers yet; the host's name is looked up each time.
    func dial() -> EventLoopFuture<any Channel> {
        let bootstrap = ClientBootstrap(group: eventLoop).connectTimeout(TimeAmount(configuration.connectTimeout))
        return switch configuration.endpoint {
        case .tcp(let host, let port): bootstrap.connect(host: host, port: port)
        case .unixSocket(let path): bootstrap.connect(unixDomainSocketPath: path)
        }
    }

    /// Makes a handler that checks the server's certificate and that it is made out to the endpoint's host.
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
        // A certificate for an IP address is checked against the channel's own address; SNI takes names only.
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
    }
}
