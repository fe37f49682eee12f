internal import FoundationEssentials
internal import HTTPConnections
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import SystemPackage

extension LocalEngine {
    /// Serves at an address until the engine is shut down.
    func serve(
        _ dependencies: EngineDependencies,
        at address: Address,
        onListening: @escaping @Sendable (Address) async -> Void
    ) async throws {
        switch address {
        case .tcp(let host, let port):
            // A page of another web site has no key, whatever name it uses for the engine.
            let hosts = configuration.apiKey == nil ? AllowedHosts(configuration.allowedHosts + [host]) : nil
            try await serve(dependencies, dependencies.router(servedAs: hosts), .ruled, at: .hostname(host, port: port))
            {
                [logger] channel in
                await DescriptorShortage.watch(channel, logger: logger, answer: Self.overloaded)
                await onListening(.tcp(host: host, port: channel.localAddress?.port ?? port))
            }
        case .unixSocket(let path):
            let socket = try SocketFile(at: path)
            try await socket.prepare()
            defer { socket.remove() }
            try await serve(dependencies, dependencies.router(servedAs: nil), .plain, at: .unixDomainSocket(path: path))
            { _ in
                socket.restrict()
                await onListening(address)
            }
        }
    }

    private func serve(
        _ dependencies: EngineDependencies,
        _ router: Router<EngineContext>,
        _ server: HTTPServerBuilder,
        at address: BindAddress,
        onListening: @escaping @Sendable (any Channel) async -> Void
    ) async throws {
        var logger = logger
        // Hummingbird logs its start at info; the program that runs the engine logs it itself.
        logger.logLevel = max(logger.logLevel, .notice)
        let application = Application(
            router: router,
            server: server,
            configuration: ApplicationConfiguration(address: address, serverName: nil),
            services: dependencies.services,
            onServerRunning: onListening,
            logger: logger
        )
        do {
            try await application.run()
        } catch let error as IOError {
            let reason = Errno(rawValue: error.errnoCode)
            throw LocalEngineError(code: .cannotListen, detail: "\(address) cannot be listened on: \(reason)")
        }
    }

    /// The whole response on connections for which there are no descriptors.
    private static let overloaded = Array(
        "HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".utf8
    )
}

extension HTTPServerBuilder {
    /// A server for the program itself, whose client follows the rules of HTTP.
    fileprivate static var plain: HTTPServerBuilder { HTTPServerBuilder(HTTP1Channel.detectingDisconnects) }

    /// A server for any program, which enforces the rules of HTTP.
    fileprivate static var ruled: HTTPServerBuilder {
        HTTPServerBuilder { responder in
            ConnectionRulesChannel(HTTP1Channel.detectingDisconnects(responder)) { refusal in
                let envelope = APIError.invalid(refusal.detail, code: refusal.code).envelope
                return (["content-type": "application/json"], ByteBuffer(bytes: (try? envelope.encoded()) ?? Data()))
            }
        }
    }
}

extension HTTP1Channel {
    fileprivate static func detectingDisconnects(_ responder: @escaping HTTPChannelHandler.Responder) -> HTTP1Channel {
        HTTP1Channel(
            responder: responder,
            configuration: Configuration(additionalChannelHandlers: [DisconnectHandler()])
        )
    }
}
