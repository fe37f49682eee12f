internal import ArgumentParser
internal import Logging
internal import PolicyAssistant
internal import PolicyServer
internal import ServiceLifecycle
internal import UnixSignals

struct Serve: Command {
    static let configuration = CommandConfiguration(
        abstract: "Serve the HTTP API and the chat page.",
        discussion: """
            The chat page is at http://localhost:8000/, and a page to try the API at /docs. Other programs use the API:

              curl -s localhost:8000/chat -H 'content-type: application/json' \\
                   -d '{"user_id": "ana", "message": "How many days of annual leave do I get?"}'

            It shuts down on SIGTERM or SIGINT, after the current questions are answered.
            """
    )

    @Option(help: "Listen on this address.")
    var host: String?

    @Option(help: "Listen on this port; 0 for any free port.")
    var port: Int?

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(
            for: [.redis, .upstream, .instructions, .server, .channels],
            ["HOST": host, "PORT": port.map(String.init)]
        ).fittingOpenFiles()
        let metrics = PrometheusMetrics.bootstrap()
        try await Runtime.with(settings, hasVoice: true) { runtime in
            if settings.engineSearch != nil { EmbeddedEngine.logSearch(settings, runtime.logger) }
            let server = PolicyServer(
                assistant: runtime.assistant,
                voice: runtime.voice,
                version: Version.current,
                callProvider: runtime.http.callProvider,
                metrics: metrics,
                logger: runtime.logger
            ) { port in
                let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
                let address = "http://\(host):\(port)"
                runtime.logger.notice("serving", metadata: ["address": "\(address)"])
                if Terminal.isInteractive {
                    let url = settings.publicURL?.description ?? address
                    Terminal.note("Open \(url)/ in a browser to ask, and \(url)/docs to try the API.")
                }
            }
            // Services end in the reverse order: the worker, and then the server, whose turns it waits for.
            var services = [ServiceGroupConfiguration.ServiceConfiguration(service: server, serviceName: "server")]
            if settings.workers > 0,
                let worker = runtime.assistant.channelWorker(concurrency: settings.workers)
            {
                let service = ChannelService(worker: worker, grace: settings.shutdownGrace)
                services.append(.init(service: service, serviceName: "worker"))
            }
            let group = ServiceGroup(
                configuration: .init(
                    services: services,
                    gracefulShutdownSignals: [.sigterm, .sigint],
                    logger: runtime.logger
                )
            )
            try await group.run()
        }
    }
}
