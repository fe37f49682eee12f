internal import ArgumentParser
internal import LocalEngine
internal import Logging
internal import PolicyAssistant
internal import ServiceLifecycle
internal import UnixSignals

struct Engine: Command {
    static let configuration = CommandConfiguration(
        abstract: "Serve the embedded engine on a port, for other programs.",
        discussion: """
            The engine speaks OpenAI's API on this machine: point a client's base URL at http://127.0.0.1:PORT/v1 and give
            it any key. No other command needs this one; they start the engine by themselves, without a port.
            """
    )

    @Option(help: "Listen on this port of 127.0.0.1; 0 takes a free one.")
    var port: Int

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings()
        let logger = Logger(settings)
        let engine = try LocalEngine(
            configuration: try EmbeddedEngine.configuration(settings, address: .tcp(host: "127.0.0.1", port: port)),
            logger: logger,
            onListening: { address in
                logger.notice("engine serving", metadata: ["address": "\(address)"])
            }
        )
        let services = ServiceGroup(
            configuration: .init(services: [engine], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        )
        try await services.run()
    }
}
