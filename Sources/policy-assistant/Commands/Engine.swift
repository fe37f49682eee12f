internal import ArgumentParser
internal import HTTPConnections
internal import LocalEngine
internal import Logging
internal import PolicyAssistant
internal import ServiceLifecycle
internal import UnixSignals

struct Engine: Command {
    static let configuration = CommandConfiguration(
        abstract: "Serve the embedded engine on a port for other programs.",
        discussion: """
            The engine implements OpenAI's API at the base URL http://ADDRESS:PORT/v1. On a loopback address it \
            accepts any key, unless ENGINE_API_KEY is set. For other machines, --host is the address to listen on, and \
            ENGINE_API_KEY the key that clients have to send:

              ENGINE_API_KEY=… policy-assistant engine --host 0.0.0.0 --port 8100
              OPENAI_BASE_URL=http://engine.internal:8100/v1 OPENAI_API_KEY=… policy-assistant serve

            The other commands do not need this one: they start the engine themselves, without a port.
            """
    )

    @Option(help: "Listen on this address; an address that is not loopback needs ENGINE_API_KEY.")
    var host = "127.0.0.1"

    @Option(help: "Listen on this port; 0 for any free port.")
    var port: Int

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: .engine)
        OpenFileLimit.raise()
        let logger = Logger(settings)
        for warning in settings.warnings { logger.warning("\(warning)") }
        EmbeddedEngine.logSearch(settings, logger)
        let host = HostName.withoutBrackets(host)
        guard HostName.isLoopback(host) || settings.engineAPIKey != nil else {
            throw ConfigurationFaults(
                "ENGINE_API_KEY",
                "is needed with --host \(host), which other machines can reach; clients send it as OPENAI_API_KEY"
            )
        }
        let engine = try LocalEngine(
            configuration: EmbeddedEngine.configuration(
                settings,
                address: .tcp(host: host, port: port),
                apiKey: settings.engineAPIKey
            ),
            logger: logger,
            onListening: { address in
                logger.notice("engine serving", metadata: ["address": "\(address)"])
            }
        )
        let services = ServiceGroup(
            configuration: .init(
                services: [.init(service: engine, serviceName: "engine")],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        try await EmbeddedEngine.namingDataDirectory { try await services.run() }
    }
}
