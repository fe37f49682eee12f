internal import Hummingbird
internal import Logging
internal import NIOCore
internal import SystemPackage

extension LocalEngine {
    /// Serves at an address until the engine is shut down.
    func serve(
        _ parts: EngineParts,
        at address: Address,
        onListening: @escaping @Sendable (Address) async -> Void
    ) async throws {
        switch address {
        case .tcp(let host, let port):
            try await serve(parts, at: .hostname(host, port: port)) { channel in
                await onListening(.tcp(host: host, port: channel.localAddress?.port ?? port))
            }
        case .unixSocket(let path):
            let socket = try SocketFile(at: path)
            try await socket.prepare()
            defer { socket.remove() }
            try await serve(parts, at: .unixDomainSocket(path: path)) { _ in
                socket.restrict()
                await onListening(address)
            }
        }
    }

    private func serve(
        _ parts: EngineParts,
        at address: BindAddress,
        onListening: @escaping @Sendable (any Channel) async -> Void
    ) async throws {
        var logger = logger
        // Hummingbird tells of its start at info; ours is told by whoever runs the engine.
        logger.logLevel = max(logger.logLevel, .notice)
        let application = Application(
            router: parts.router(),
            server: .http1(configuration: .init(additionalChannelHandlers: [HangUpHandler()])),
            configuration: ApplicationConfiguration(address: address, serverName: nil),
            services: [parts.housekeeping, parts.indexer, parts.runWorker],
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
}
